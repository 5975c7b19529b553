-- Feeds heard and not heard by outlet and $bucket (days x feeds): the least heard outlets first.
with asked as (
    select
        coalesce(outlets.name, ledger.outlet_id) as outlet,
        cast(date_trunc('$bucket', ledger.day) as date) as since,
        ledger.verdict <> 'outage' as heard
    from ledger
    left join outlets using (outlet_id)
    where
        ledger.day between date '$first' and date '$last'
        and ledger.verdict in ('reported', 'silent', 'partial', 'outage')
),

ranked as (
    select outlet, row_number() over (order by avg(cast(heard as integer)), outlet) as place
    from asked
    group by outlet
)

select
    case when ranked.place <= 25 then ranked.outlet else 'all others' end as outlet,
    asked.since,
    count(*) filter (where asked.heard) as feeds_heard,
    count(*) filter (where not asked.heard) as feeds_not_heard
from asked
inner join ranked using (outlet)
group by 1, 2
order by min(ranked.place), asked.since;
