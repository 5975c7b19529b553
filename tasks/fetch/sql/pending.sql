-- Addresses that are due: what was never read before what is looked at again, the newest
-- first, host after host in turn: politeness makes one host slow, so a batch should hold as
-- many hosts as there are.
-- What a backfill has named is fetched by backfills ($backfill); other runs take the news first
-- and last at most $backlog of it, so that a backfill that was broken off is finished, but
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
        coalesce(frontier.born_at, frontier.discovered_at) as born_at,
        frontier.state = 'done' as revisit,
        frontier.etag,
        frontier.last_modified,
        frontier.body_sha256,
        frontier.removed_at,
        frontier.state = 'pending' and named.target_id is not null as older,
        row_number() over (
            partition by older, frontier.host, frontier.state
            order by if(frontier.state = 'done', frontier.next_fetch_at, frontier.discovered_at) desc, frontier.target_id
        ) as turn
    from frontier
    left join named using (target_id)
    where
        frontier.state in ('pending', 'done')
        and frontier.next_fetch_at <= $now
        and (older or not $backfill)
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
    chosen.* exclude (turn, older),
    hosts.not_before_at,
    hosts.backoff_reason,
    hosts.robots_status,
    hosts.robots_body,
    hosts.robots_fetched_at
from chosen
left join hosts using (host)
order by
    chosen.older,
    chosen.revisit,
    chosen.turn,
    chosen.host
limit $limit
