-- Feeds that are due. A minute of grace keeps a feed with an interval of 15 minutes in step
-- with a schedule of 15 minutes; what a publisher asked for is kept to the second.
with chosen as (
    select *
    from feeds
    where
        state = 'active'
        and ($tier is null or tier = $tier)
        and (len($feeds) = 0 or feed_id in (select unnest($feeds)))
)
select
    chosen.*,
    outlets.timezone as timezone,
    hosts.host as host,
    hosts.not_before_at,
    hosts.backoff_reason,
    hosts.robots_status,
    hosts.robots_body,
    hosts.robots_fetched_at
from chosen
left join outlets using (outlet_id)
left join hosts
    on hosts.host = regexp_extract(coalesce(chosen.effective_url, chosen.url), '^https?://([^/?#]+)', 1)
where
    ($all and (last_polled_at is null or last_polled_at < $started_at))
    or (not $all and (next_due_at is null or next_due_at <= $now))
    or (not $all and due_reason = 'interval' and next_due_at <= $now + interval 1 minute)
order by next_due_at nulls first, feed_id
limit $limit
