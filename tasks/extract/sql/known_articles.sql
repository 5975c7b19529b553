select
    article_id,
    target_id,
    read_at,
    first_seen_at
from articles
where list_contains($articles, article_id)
