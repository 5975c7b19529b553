-- What a story is told of its articles, of those in `reached`, and the story that each was in. Rows are read where the
-- articles lie, by their place in the table: joined by key, these columns would be read of every article.
with places as materialized (
    select articles.rowid as place
    from articles
    where articles.article_id in (select reached.article_id from reached)
),

states as (
    select
        dedupe_state.article_id,
        dedupe_state.withdrawn
    from dedupe_state
    where
        dedupe_state.day between date '{first}' and date '{last}'
        and dedupe_state.article_id in (select reached.article_id from reached)
)

select
    articles.article_id,
    articles.outlet_id,
    articles.title,
    coalesce(articles.published_at, articles.first_seen_at) as time,
    case when articles.copy_kind in ('near', 'reprint') then articles.origin_article_id end as copied_from,
    articles.story_id,
    states.withdrawn,
    places.place
from places
inner join articles on articles.rowid = places.place
inner join states using (article_id)
