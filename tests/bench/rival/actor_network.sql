with present as (
    select
        articles.article_id,
        coalesce(articles.story_id, articles.article_id) as story,
        date(articles.published_at + 18000, 'unixepoch') as day,
        mentions.entity_id
    from articles
    inner join mentions using (article_id)
    inner join entities using (entity_id)
    where
        verdict in ('article', 'brief')
        and relevance >= 3
        and entities.kind in ('person', 'organisation', 'group')
),

pairs as (
    select ours.entity_id as actor_a, theirs.entity_id as actor_b, ours.story, min(ours.day) as day, count(*) as articles
    from present as ours
    inner join present as theirs on theirs.article_id = ours.article_id and theirs.entity_id > ours.entity_id
    group by ours.entity_id, theirs.entity_id, ours.story
)

select
    substr(day, 1, 4) || (cast(substr(day, 6, 2) as integer) + 2) / 3 as quarter_begins,
    actor_a,
    actor_b,
    count(*) as stories,
    sum(articles) as articles
from pairs
group by 1, 2, 3
having count(*) >= 2
order by 1, stories desc, 2, 3;
