-- Which sightings of a batch are known: `incoming_entries` against what the feeds brought before.
-- `link_seen_before`: the feed has shown the address, perhaps under another headline.
select
    incoming_entries.entry_id,
    known.entry_id is not null as seen_before,
    exists (
        select 1
        from entries as shown
        where
            shown.feed_id = incoming_entries.feed_id
            and shown.identity_key = incoming_entries.identity_key
    ) as link_seen_before
from incoming_entries
left join entries as known using (entry_id)
