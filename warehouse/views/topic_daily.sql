-- Coverage by topic and day, with and without reprints, for each zone's day.
-- An article counts in each of its topics (up to three); for shares of a whole count `coverage.topic`.
create or replace view topic_daily as
with listed as (
    select
        unnest(topics) as topic_id,
        day_utc,
        day_karachi,
        day_washington,
        is_first_print(copy_kind, origin_article_id) or article_id in (select article_id from stand_ins) as is_unique
    from coverage
),

counted as (
    select
        topic_id,
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
        topic_id,
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
        topic_id,
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
        topic_id,
        day_washington,
        0,
        0,
        0,
        0,
        articles,
        texts
    from counted
)

select
    series.day, -- day of publication, in the zone that the column of the count names; null: date unknown
    series.topic_id, -- key in config/topics
    cast(sum(series.articles_utc) as bigint) as articles_utc, -- articles published on this day in UTC
    cast(sum(series.unique_utc) as bigint) as unique_utc, -- the same with each reprinted text once
    cast(sum(series.articles_karachi) as bigint) as articles_karachi, -- articles published on this day in Karachi
    cast(sum(series.unique_karachi) as bigint) as unique_karachi, -- the same with each reprinted text once
    cast(sum(series.articles_washington) as bigint) as articles_washington, -- articles published on this day in Washington
    cast(sum(series.unique_washington) as bigint) as unique_washington -- the same with each reprinted text once
from series
group by all;
