-- Articles by primary topic and $bucket of publication.
with chosen as (
    select article_topics.topic_id, cast(date_trunc('$bucket', coverage.$day) as date) as since
    from coverage
    inner join article_topics using (article_id)
    where
        coverage.$day between date '$first' and date '$last'
        and coalesce(coverage.relevance, 1) >= $relevance
        and article_topics.topic_rank = 1
),

ranked as (
    select topic_id, row_number() over (order by count(*) desc, topic_id) as place
    from chosen
    group by topic_id
)

select
    case when ranked.place <= 20 then ranked.topic_id else 'all others' end as topic,
    chosen.since,
    count(*) as articles
from chosen
inner join ranked using (topic_id)
group by 1, 2
order by min(ranked.place), chosen.since;
