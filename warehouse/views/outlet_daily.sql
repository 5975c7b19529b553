-- Coverage by outlet and day: one row per day and outlet, with and without reprints, for each zone's day.
-- Days without an article have no row; whether that is silence or an outage stands in `ledger`.
create or replace view outlet_daily as
with counted as (
    select
        outlet_id,
        hour,
        count(*) as articles,
        0 as texts
    from (select outlet_id, epoch_us(published_at) // 3600000000 as hour from coverage)
    group by all
    union all
    select
        outlet_id,
        hour,
        0 as articles,
        count(*) as texts
    from (select outlet_id, epoch_us(published_at) // 3600000000 as hour from coverage_unique)
    group by all
),

-- Offsets of both zones are whole hours: an hour's day is looked up once, not for each article.
days as (
    select
        hour,
        cast(make_timestamp(hour * 3600000000) as date) as day_utc,
        cast(to_timestamp(hour * 3600) at time zone 'Asia/Karachi' as date) as day_karachi,
        cast(to_timestamp(hour * 3600) at time zone 'America/New_York' as date) as day_washington
    from (select distinct hour from counted)
),

series as (
    select
        counted.outlet_id,
        days.day_utc as day,
        counted.articles as articles_utc,
        counted.texts as unique_utc,
        0 as articles_karachi,
        0 as unique_karachi,
        0 as articles_washington,
        0 as unique_washington
    from counted
    left join days using (hour)
    union all
    select
        counted.outlet_id,
        days.day_karachi,
        0,
        0,
        counted.articles,
        counted.texts,
        0,
        0
    from counted
    left join days using (hour)
    union all
    select
        counted.outlet_id,
        days.day_washington,
        0,
        0,
        0,
        0,
        counted.articles,
        counted.texts
    from counted
    left join days using (hour)
),

summed as (
    select
        outlet_id,
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
    summed.outlet_id, -- publisher
    outlets.name as outlet, -- name of the publisher
    summed.articles_utc, -- articles published on this day in UTC
    summed.unique_utc, -- the same with each reprinted text once
    summed.articles_karachi, -- articles published on this day in Karachi
    summed.unique_karachi, -- the same with each reprinted text once
    summed.articles_washington, -- articles published on this day in Washington
    summed.unique_washington -- the same with each reprinted text once
from summed
left join outlets using (outlet_id);
