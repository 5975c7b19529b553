-- As the ready question, with the first topic in the alphabet where that one takes the commonest.
with chosen as (
    select
        article_id,
        coalesce(story_id, article_id) as story,
        copy_kind is null or copy_kind not in ('near', 'reprint') or origin_article_id is null as is_first,
        published_at
    from articles
    where verdict in ('article', 'brief') and relevance >= 3
),

told as (
    select
        chosen.story,
        date(min(chosen.published_at) + 18000, 'unixepoch', 'weekday 0', '-6 days') as week,
        min(article_topics.topic_id) as topic_id,
        sum(chosen.is_first) as texts,
        count(*) as articles
    from chosen
    left join article_topics on article_topics.article_id = chosen.article_id and article_topics.topic_rank = 1
    group by chosen.story
)

select week, topic_id, count(*), sum(texts), sum(articles)
from told
group by week, topic_id
order by week, topic_id;
