-- Coverage by outlet and day: one row per day and outlet, with and without reprints, for each zone's day.
-- Days without an article have no row; whether that is silence or an outage stands in `ledger`.
create or replace view outlet_daily as
with listed as (
    select
        outlet_id,
        day_utc,
        day_karachi,
        day_washington,
        is_first_print(copy_kind, origin_article_id) or article_id in (select article_id from stand_ins) as is_unique
    from coverage
),

counted as (
    select
        outlet_id,
        day_utc,
        day_karachi,
        day_washington,
        count(*) as articles,
        count(*) filter (where is_unique) as texts
    from listed
    group by all
),

series as (
    select
        outlet_id,
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
        outlet_id,
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
        outlet_id,
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
