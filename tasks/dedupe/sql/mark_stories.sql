-- `moved` says of the article at each place which story it is in now; null: none.
update articles
set story_id = decided.story_id
from (
    select
        moved.place,
        cast(moved.story_id as varchar) as story_id
    from moved
) as decided
where articles.rowid = decided.place
