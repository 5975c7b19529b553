-- First and last day with coverage or with polls, and the run that the file shows.
with covered as (
    select min($day) as first_day, max($day) as last_day
    from coverage
    where coalesce(relevance, 1) >= $relevance
),

asked as (
    select
        min(cast(polled_at at time zone '$zone' as date)) as first_day,
        max(cast(polled_at at time zone '$zone' as date)) as last_day
    from polls
),

latest as (
    select run_id, finished_at
    from runs
    where finished_at is not null
    order by finished_at desc, run_id
    limit 1
)

select
    least(covered.first_day, asked.first_day) as first_day,
    greatest(covered.last_day, asked.last_day) as last_day,
    latest.run_id,
    latest.finished_at
from covered
cross join asked
left join latest on true;
