-- New numbers, above all that were ever given; none for what is no article.
with numbered as (
    select
        articles.article_id,
        row_number() over (order by articles.first_seen_at, articles.article_id) - 1
        + (select coalesce(max(last_doc) + 1, 0) from search_segments) as doc
    from articles
    where
        article_id in (select id from wanted_articles)
        and verdict in ('article', 'brief')
)

update articles
set
    search_doc = numbered.doc,
    search_sha256 = case when numbered.doc is not null then left(articles.content_sha256, 12) end
from wanted_articles
left join numbered on numbered.article_id = wanted_articles.id
where articles.article_id = wanted_articles.id
