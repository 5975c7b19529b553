-- Addresses that are due: what was never read before what is looked at again, the newest
-- first, host after host in turn: politeness makes one host slow, so a batch should hold as
-- many hosts as there are.
with due as (
    select
        target_id,
        url,
        host,
        outlet_id,
        attempts,
        coalesce(born_at, discovered_at) as born_at,
        state = 'done' as revisit,
        etag,
        last_modified,
        body_sha256,
        removed_at,
        row_number() over (
            partition by host, state
            order by if(state = 'done', next_fetch_at, discovered_at) desc, target_id
        ) as turn
    from frontier
    where
        state in ('pending', 'done')
        and next_fetch_at <= $now
)
select
    due.* exclude (turn),
    hosts.not_before_at,
    hosts.backoff_reason,
    hosts.robots_status,
    hosts.robots_body,
    hosts.robots_fetched_at
from due
left join hosts using (host)
order by due.revisit, due.turn, due.host
limit $limit
