select
    count(*) as articles,
    min(articles.article_id) as first_id,
    max(articles.article_id) as last_id
from found
inner join articles on articles.rowid = found.rowid
where
    found match 'minister tariff shakarparian'
    and verdict in ('article', 'brief');
