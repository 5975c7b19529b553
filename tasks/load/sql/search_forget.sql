-- The old numbers of articles that are indexed anew, or no longer.
insert into search_dead
select search_doc
from articles
where
    article_id in (select id from wanted_articles)
    and search_doc is not null
