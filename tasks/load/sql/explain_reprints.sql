select *
from reprints
where article_id = $article_id
order by origin_article_id
