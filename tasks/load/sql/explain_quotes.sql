select *
from quotes
where article_id = $article_id
order by quote_no
