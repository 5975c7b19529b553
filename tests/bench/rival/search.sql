select articles.article_id, bm25(found, 5.0, 1.0) as score, snippet(found, 1, '<mark>', '</mark>', '…', 30)
from found
inner join articles on articles.rowid = found.rowid
where found match 'pakistan trade "prime minister"' and verdict in ('article', 'brief')
order by score
limit 100;
