-- name: volume
select
    day_karachi as day,
    outlet_id,
    count(*) as articles,
    count(*) filter (where is_first_print(copy_kind, origin_article_id)) as texts
from coverage
group by all
order by all;
-- name: topics_by_week
select
    cast(date_trunc('week', coverage.day_karachi) as date) as week,
    article_topics.topic_id,
    count(*) as articles
from article_topics
inner join coverage using (article_id)
where
    article_topics.topic_rank = 1
    and coverage.relevance >= 2
group by all
order by all;
-- name: wording
select
    cast(date_trunc('week', day_karachi) as date) as week,
    count(*) filter (where text ilike '%government%') as with_term,
    count(*) as articles
from coverage
where relevance >= 3
group by all
order by all;
-- name: search
select
    article_id,
    score,
    snippet
from search('pakistan trade "prime minister"');
-- name: matching
select
    count(*) as articles,
    min(article_id) as first_id,
    max(article_id) as last_id
from search('minister tariff shakarparian', most := 1000000);
