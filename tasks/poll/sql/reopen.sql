-- Addresses that were too old for a feed's run are due once a backfill names them.
update frontier
set
    state = 'pending',
    next_fetch_at = $now
where
    state = 'old'
    and target_id in (select id from wanted_due)
