-- title: Actors named together in core stories, by quarter
-- question: q25
-- purpose:
--   Edges of a network: two actors that one article names, counted once for each story, however many papers print it; with
--   the articles beside. Quarters by the first article of the story that names both.
--   Beware: named together is not related. An office and its holder are both marks; choose kinds so that they don't double.
--   Articles that belong to no story count as one of their own. Quarter null: unknown date.
-- parameters:
--   $kinds text = person, organisation, group
--       kinds of actors, separated by commas
--   $least integer = 2
--       least number of stories of an edge
--   $edges integer = 500
--       strongest edges of each quarter
--   $relevance integer = 3
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.article_id,
        coalesce(articles.story_id, articles.article_id) as story,
        day_in(articles.published_at, $zone) as day
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
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
    where list_contains(list_transform(string_split($kinds, ','), lambda kind: trim(kind)), entities.kind)
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
        cast(date_trunc('quarter', pairs.day) as date) as quarter_begins,
        pairs.actor_a,
        pairs.actor_b,
        count(*) as stories,
        cast(sum(pairs.articles) as bigint) as articles
    from pairs
    group by
        quarter_begins,
        pairs.actor_a,
        pairs.actor_b
    having stories >= $least
),

strongest as (
    select edges.*
    from edges
    qualify
        row_number() over (
            partition by edges.quarter_begins
            order by edges.stories desc, edges.articles desc, edges.actor_a, edges.actor_b
        ) <= $edges
)

select
    strongest.quarter_begins,
    first_actors.name as actor_a,
    second_actors.name as actor_b,
    strongest.stories,
    strongest.articles
from strongest
inner join entities as first_actors on first_actors.entity_id = strongest.actor_a
inner join entities as second_actors on second_actors.entity_id = strongest.actor_b
order by
    strongest.quarter_begins,
    strongest.stories desc,
    strongest.actor_a,
    strongest.actor_b
