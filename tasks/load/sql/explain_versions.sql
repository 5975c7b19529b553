select *
from changes
where article_id = $article_id
order by version
