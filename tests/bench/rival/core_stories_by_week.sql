with chosen as (
    select
        article_id,
        coalesce(story_id, article_id) as story,
        copy_kind is null or copy_kind not in ('near', 'reprint') or origin_article_id is null as is_first,
        published_at
    from articles
    where
        verdict in ('article', 'brief')
        and coalesce(relevance, 1) >= 3
),

told as (
    select
        story,
        date(min(published_at) + 18000, 'unixepoch', 'weekday 0', '-6 days') as week,
        sum(is_first) as texts,
        count(*) as articles
    from chosen
    group by story
),

-- the topic that most of a story's articles have as their first
topics as (
    select
        chosen.story,
        article_topics.topic_id,
        row_number() over (partition by chosen.story order by count(*) desc, article_topics.topic_id) as nr
    from chosen
    inner join article_topics using (article_id)
    where article_topics.topic_rank = 1
    group by
        chosen.story,
        article_topics.topic_id
)

select
    told.week,
    topics.topic_id,
    count(*) as stories,
    sum(told.texts) as distinct_texts,
    sum(told.articles) as articles_with_reprints,
    round(1.0 * sum(told.articles) / nullif(sum(told.texts), 0), 2) as articles_per_text
from told
left join topics on topics.story = told.story and topics.nr = 1
group by
    told.week,
    topics.topic_id
order by
    told.week,
    topics.topic_id nulls last;
