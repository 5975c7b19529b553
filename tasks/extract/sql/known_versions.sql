-- The stored versions of the articles of a batch. The texts are read where they lie, by their place in the table.
with stored as materialized (
    select rowid as place
    from article_versions
    where article_id in (select id from wanted_articles)
)

select
    article_versions.article_id,
    article_versions.page_id,
    article_versions.seen_at,
    article_versions.title,
    article_versions.text,
    article_versions.verdict
from stored
inner join article_versions on article_versions.rowid = stored.place
order by
    article_versions.article_id,
    article_versions.version
