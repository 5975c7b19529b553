select
    article_id,
    target_id,
    page_id,
    verdict,
    read_at,
    first_seen_at
from articles
where article_id in (select id from wanted_articles)
