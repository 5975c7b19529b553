select
    feed_id,
    health,
    last_ok_at,
    last_new_at,
    consecutive_failures,
    last_code,
    next_due_at
from feed_health
where health <> 'off'
order by
    health = 'ok',
    feed_id
limit 300
