-- Which sightings of a batch are known: `incoming_entries` against what the feeds brought before.
select
    incoming_entries.entry_id,
    known.entry_id is not null as seen_before
from incoming_entries
left join entries as known using (entry_id)
