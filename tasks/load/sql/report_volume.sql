-- Articles by $bucket of publication, and how many feeds were heard (days x feeds).
with chosen as (
    select article_id, cast(date_trunc('$bucket', $day) as date) as since
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
),

calendar as (
    select distinct cast(date_trunc('$bucket', day) as date) as since
    from generate_series(timestamp '$first', timestamp '$last', interval 1 day) as days (day)
),

published as (
    select
        chosen.since,
        count(*) as articles,
        count(coverage_unique.article_id) as counted_once
    from chosen
    left join coverage_unique using (article_id)
    group by all
),

heard as (
    select
        cast(date_trunc('$bucket', day) as date) as since,
        count(*) filter (where verdict in ('reported', 'silent', 'partial')) as heard,
        count(*) filter (where verdict = 'outage') as not_heard
    from ledger
    where day between date '$first' and date '$last'
    group by all
)

select
    calendar.since,
    coalesce(published.counted_once, 0) as first_prints,
    coalesce(published.articles - published.counted_once, 0) as reprints,
    coalesce(heard.heard, 0) as feeds_heard,
    coalesce(heard.not_heard, 0) as feeds_not_heard,
    case
        when coalesce(heard.heard + heard.not_heard, 0) = 0 then 'not asked'
        -- half of the sources: below that, a zero says more about us than about the press
        when heard.heard < heard.not_heard then 'outage'
        else 'heard'
    end as listening
from calendar
left join published using (since)
left join heard using (since)
order by calendar.since;
