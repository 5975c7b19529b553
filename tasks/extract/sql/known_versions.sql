-- The stored versions of the articles of a batch.
select
    article_versions.article_id,
    article_versions.page_id,
    article_versions.seen_at,
    article_versions.title,
    article_versions.text,
    article_versions.verdict
from article_versions
where article_versions.article_id in (select id from wanted_articles)
order by article_versions.article_id, article_versions.version
