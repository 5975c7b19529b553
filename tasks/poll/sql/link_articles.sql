-- Sightings of an address whose article is known already point to it at once.
update entries
set article_id = frontier.article_id
from frontier
where
    entries.target_id = frontier.target_id
    and entries.article_id is null
    and frontier.article_id is not null
    and entries.entry_id in (select id from wanted_fresh)
