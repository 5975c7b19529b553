-- Addresses that are due, the newest first, host after host in turn: politeness makes one
-- host slow, so a batch should hold as many hosts as there are.
-- What a backfill has named is fetched by backfills ($backfill); other runs take the news first
-- and then at most $backlog of it, so that a backfill that was broken off is finished, but
-- never holds up the news.
with named as (
    select distinct target_id
    from entries
    where feed_id in ($sitemaps, $lists)
),

due as (
    select
        frontier.target_id,
        frontier.url,
        frontier.host,
        frontier.outlet_id,
        frontier.attempts,
        named.target_id is not null as older,
        row_number() over (
            partition by named.target_id is not null, frontier.host
            order by frontier.discovered_at desc, frontier.target_id
        ) as turn
    from frontier
    left join named using (target_id)
    where
        frontier.state = 'pending'
        and frontier.next_fetch_at <= $now
        and (named.target_id is not null or not $backfill)
),

chosen as (
    select *
    from due
    qualify
        $backfill
        or not older
        or row_number() over (partition by older order by turn, host) <= $backlog
)

select
    chosen.target_id,
    chosen.url,
    chosen.host,
    chosen.outlet_id,
    chosen.attempts,
    hosts.not_before_at,
    hosts.backoff_reason,
    hosts.robots_status,
    hosts.robots_body,
    hosts.robots_fetched_at
from chosen
left join hosts using (host)
order by chosen.older, chosen.turn, chosen.host
limit $limit
