select *
from article_topics
where article_id = $article_id
order by topic_id
