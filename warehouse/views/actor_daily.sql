-- Coverage by actor and day: articles that name the actor, with and without reprints, for each zone's day.
-- An article counts for each actor it names, once, however often it names it.
create or replace view actor_daily as
with listed as (
    select
        coverage.article_id,
        epoch_us(coverage.published_at) // 3600000000 as hour,
        kept.article_id is not null as is_unique
    from coverage
    left join coverage_unique as kept using (article_id)
),

-- Offsets of both zones are whole hours: an hour's day is looked up once, not for each article.
days as (
    select
        hour,
        cast(make_timestamp(hour * 3600000000) as date) as day_utc,
        cast(to_timestamp(hour * 3600) at time zone 'Asia/Karachi' as date) as day_karachi,
        cast(to_timestamp(hour * 3600) at time zone 'America/New_York' as date) as day_washington
    from (select distinct hour from listed)
),

counted as (
    select
        mentions.entity_id,
        days.day_utc,
        days.day_karachi,
        days.day_washington,
        count(*) as articles,
        count(*) filter (where listed.is_unique) as texts
    from mentions
    inner join listed using (article_id)
    left join days using (hour)
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
