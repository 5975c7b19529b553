select *
from removals
where article_id = $article_id
