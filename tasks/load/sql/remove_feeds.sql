-- Feeds that left the configuration keep their row and history.
update feeds
set
    state = 'removed',
    removed_at = $now
where
    state <> 'removed'
    and feed_id not in (select id from wanted_feeds)
