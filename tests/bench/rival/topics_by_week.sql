select
    date(articles.published_at + 18000, 'unixepoch', 'weekday 0', '-6 days') as week,
    article_topics.topic_id,
    count(*) as articles
from article_topics
inner join articles using (article_id)
where article_topics.topic_rank = 1 and verdict in ('article', 'brief') and coalesce(relevance, 1) >= 2
group by week, article_topics.topic_id
order by week, article_topics.topic_id;
