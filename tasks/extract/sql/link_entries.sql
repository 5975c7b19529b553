-- Sightings point to the article that their address turned out to be.
update entries
set article_id = frontier.article_id
from frontier
where
    entries.target_id = frontier.target_id
    and entries.target_id in (select id from wanted_targets)
    and entries.article_id is distinct from frontier.article_id
