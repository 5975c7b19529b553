-- A feed that shows an address it showed before under another headline says that the article
-- was edited: the address is due again, and asked without validators, since something changed.
update frontier
set
    next_fetch_at = $now,
    etag = null,
    last_modified = null
where
    state = 'done'
    and target_id in (
        select fresh.target_id
        from entries as fresh
        inner join entries as before
            on before.feed_id = fresh.feed_id
            and before.target_id = fresh.target_id
            and before.first_seen_at < fresh.first_seen_at
        where fresh.entry_id in (select id from wanted_fresh)
    )
