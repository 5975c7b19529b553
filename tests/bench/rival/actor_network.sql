with chosen as (
    select
        article_id,
        coalesce(story_id, article_id) as story,
        date(published_at + 18000, 'unixepoch') as day
    from articles
    where
        verdict in ('article', 'brief')
        and coalesce(relevance, 1) >= 3
),

present as (
    select
        chosen.article_id,
        chosen.story,
        chosen.day,
        mentions.entity_id
    from chosen
    inner join mentions using (article_id)
    inner join entities using (entity_id)
    where entities.kind in ('person', 'organisation', 'group')
),

pairs as (
    select
        ours.entity_id as actor_a,
        theirs.entity_id as actor_b,
        ours.story,
        min(ours.day) as day,
        count(*) as articles
    from present as ours
    inner join present as theirs
        on theirs.article_id = ours.article_id
        and theirs.entity_id > ours.entity_id
    group by
        ours.entity_id,
        theirs.entity_id,
        ours.story
),

edges as (
    select
        printf('%s-%02d-01', substr(day, 1, 4), (cast(substr(day, 6, 2) as integer) - 1) / 3 * 3 + 1) as quarter_begins,
        actor_a,
        actor_b,
        count(*) as stories,
        sum(articles) as articles
    from pairs
    group by
        1,
        actor_a,
        actor_b
    having count(*) >= 2
),

ranked as (
    select
        *,
        row_number() over (
            partition by quarter_begins
            order by stories desc, articles desc, actor_a, actor_b
        ) as nr
    from edges
)

select
    ranked.quarter_begins,
    first_actors.name as actor_a,
    second_actors.name as actor_b,
    ranked.stories,
    ranked.articles
from ranked
inner join entities as first_actors on first_actors.entity_id = ranked.actor_a
inner join entities as second_actors on second_actors.entity_id = ranked.actor_b
where ranked.nr <= 500
order by
    ranked.quarter_begins,
    ranked.stories desc,
    ranked.actor_a,
    ranked.actor_b;
