with due as (
    select count(*) as n
    from feeds
    where
        state = 'active'
        and (next_due_at is null or next_due_at <= $now)
),

addresses as (
    select
        count(*) filter (where state = 'pending' and next_fetch_at <= $now) as due,
        count(*) filter (where state = 'pending' and next_fetch_at > $now) as waiting,
        count(*) filter (where state = 'quarantined') as quarantined,
        count(*) filter (where state = 'done' and next_fetch_at <= $now) as revisits_due,
        count(*) filter (where state = 'done' and next_fetch_at > $now) as revisits_waiting
    from frontier
),

unread as (
    select count(*) as n
    from pages
    where
        outcome = 'ok'
        and extracted_with is null
)

select
    due.n as feeds_due,
    addresses.due as pages_due,
    addresses.waiting as pages_waiting,
    addresses.quarantined as pages_quarantined,
    addresses.revisits_due,
    addresses.revisits_waiting,
    unread.n as documents_due
from due, addresses, unread
