-- The texts of candidates.
select
    articles.article_id,
    articles.outlet_id,
    articles.text
from articles
where articles.article_id in (select wanted.article_id from wanted)
