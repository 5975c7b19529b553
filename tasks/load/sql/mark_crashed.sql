-- Whoever holds the writer's lock is the only run alive: all others that say so are not.
update runs
set
    state = 'crashed',
    finished_at = $now
where
    state = 'running'
    and run_id <> $run_id
