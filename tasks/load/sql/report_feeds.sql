-- Feeds that are ill now, whatever the days above.
select
    coalesce(outlets.name, feed_health.outlet_id) as outlet,
    feed_health.feed_id as feed,
    feed_health.health,
    feed_health.last_code,
    feed_health.last_ok_at,
    feed_health.last_new_at,
    feed_health.consecutive_failures as failures_in_a_row
from feed_health
left join outlets using (outlet_id)
where feed_health.health not in ('ok', 'off', 'retired', 'removed')
order by feed_health.health, outlet, feed
limit 60;
