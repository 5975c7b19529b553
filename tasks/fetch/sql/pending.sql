-- Addresses that are due, the newest first, host after host in turn: politeness makes one
-- host slow, so a batch should hold as many hosts as there are.
with due as (
    select
        target_id,
        url,
        host,
        outlet_id,
        attempts,
        row_number() over (partition by host order by discovered_at desc, target_id) as turn
    from frontier
    where state = 'pending' and next_fetch_at <= $now
)
select
    due.target_id,
    due.url,
    due.host,
    due.outlet_id,
    due.attempts,
    hosts.not_before_at,
    hosts.backoff_reason,
    hosts.robots_status,
    hosts.robots_body,
    hosts.robots_fetched_at
from due
left join hosts using (host)
order by due.turn, due.host
limit $limit
