-- Coverage by actor and day: articles that name the actor, with and without reprints, for each zone's day.
-- An article counts for each actor it names, once, however often it names it.
create or replace view actor_daily as
with listed as (
    select
        article_id,
        day_utc,
        day_karachi,
        day_washington,
        is_first_print(copy_kind, origin_article_id) or article_id in (select article_id from stand_ins) as is_unique
    from coverage
),

counted as (
    select
        mentions.entity_id,
        listed.day_utc,
        listed.day_karachi,
        listed.day_washington,
        count(*) as articles,
        count(*) filter (where listed.is_unique) as texts
    from listed
    inner join mentions using (article_id)
    group by all
),

series as (
    select
        entity_id,
        day_utc as day,
        articles as articles_utc,
        texts as unique_utc,
        0 as articles_karachi,
        0 as unique_karachi,
        0 as articles_washington,
        0 as unique_washington
    from counted
    union all
    select
        entity_id,
        day_karachi,
        0,
        0,
        articles,
        texts,
        0,
        0
    from counted
    union all
    select
        entity_id,
        day_washington,
        0,
        0,
        0,
        0,
        articles,
        texts
    from counted
),

summed as (
    select
        entity_id,
        day,
        cast(sum(articles_utc) as bigint) as articles_utc,
        cast(sum(unique_utc) as bigint) as unique_utc,
        cast(sum(articles_karachi) as bigint) as articles_karachi,
        cast(sum(unique_karachi) as bigint) as unique_karachi,
        cast(sum(articles_washington) as bigint) as articles_washington,
        cast(sum(unique_washington) as bigint) as unique_washington
    from series
    group by all
)

select
    summed.day, -- day of publication, in the zone that the column of the count names; null: date unknown
    summed.entity_id, -- the actor
    entities.name, -- name in English
    entities.kind, -- person, office, organisation, group, place or instrument
    entities.country, -- country of the actor, ISO 3166 alpha-2
    summed.articles_utc, -- articles published on this day in UTC
    summed.unique_utc, -- the same with each reprinted text once
    summed.articles_karachi, -- articles published on this day in Karachi
    summed.unique_karachi, -- the same with each reprinted text once
    summed.articles_washington, -- articles published on this day in Washington
    summed.unique_washington -- the same with each reprinted text once
from summed
left join entities using (entity_id);
