-- `reached` says of each article which story it is in now; null: none.
update articles
set story_id = decided.story_id
from (
    select
        reached.article_id,
        cast(reached.story_id as varchar) as story_id
    from reached
) as decided
where
    articles.article_id = decided.article_id
    and articles.story_id is distinct from decided.story_id
