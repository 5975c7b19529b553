-- Feeds that left the configuration keep their row and history.
update feeds
set
    state = 'removed',
    removed_at = $now
where
    state <> 'removed'
    and not list_contains($feeds, feed_id)
