-- What the views need: when feeds were due, and the topics beside the article.

-- One row per change of a feed's state, so that a day on which it was off counts as no outage.
create table feed_states (
    feed_id varchar not null, -- the feed
    since timestamptz not null, -- when it was first seen in this state
    state varchar not null -- active, off, retired or removed
);

insert into feed_states
select
    feed_id,
    case when state = 'removed' then coalesce(removed_at, added_at) else added_at end as since,
    state
from feeds;

alter table polls add column due_at timestamptz; -- when it was due, as the poll before had decided; null: at once
alter table polls add column previous_at timestamptz; -- the feed's poll before; null: none

-- Joining every article with its topics costs seconds in a large warehouse, and every question would pay it.
-- Text, not a list: DuckDB updates a list by writing the whole row anew.
alter table articles add column topics varchar; -- keys of its topics, primary one first, blanks between; from article_topics

update articles
set topics = chosen.topics
from (
    select
        article_id,
        string_agg(topic_id, ' ' order by topic_rank) as topics
    from article_topics
    where topic_rank is not null
    group by article_id
) as chosen
where chosen.article_id = articles.article_id;
