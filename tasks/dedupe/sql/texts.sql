-- The texts of candidates. Their ids stand in the query: a join would read the text of every article; and so do the
-- days they were compared under, which leave out most of the table before any id is looked at.
select
    articles.article_id,
    articles.outlet_id,
    articles.text,
    articles.deduped_day as day
from articles
where
    articles.deduped_day between date '{first}' and date '{last}'
    and articles.article_id in ({ids})
