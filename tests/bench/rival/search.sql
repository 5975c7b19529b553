-- differs: both rank by BM25 but weigh headlines and lengths in their own way (all matches: question `matching`)
select
    articles.article_id,
    bm25(found, 3.0, 1.0) as score,
    snippet(found, -1, '«', '»', '…', 40) as snippet
from found
inner join articles on articles.rowid = found.rowid
where
    found match 'pakistan trade "prime minister"'
    and verdict in ('article', 'brief')
order by score
limit 20;
