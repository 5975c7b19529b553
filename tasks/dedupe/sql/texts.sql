-- The texts of candidates. Their ids stand in the query: a join would read the text of every article.
select
    articles.article_id,
    articles.outlet_id,
    articles.text
from articles
where articles.article_id in ({ids})
