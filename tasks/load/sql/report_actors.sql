-- Who is named: articles by actor, and quotations of them.
with chosen as (
    select article_id
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
),

named as (
    select
        mentions.entity_id,
        count(*) filter (where mentions.in_title) as in_the_headline,
        count(*) as articles
    from mentions
    inner join chosen using (article_id)
    group by all
),

spoken as (
    select quotes.speaker_entity_id as entity_id, count(*) as quotations
    from quotes
    inner join chosen using (article_id)
    group by all
)

select
    entities.name as actor,
    entities.kind,
    entities.country,
    named.in_the_headline,
    named.articles - named.in_the_headline as in_the_text_only,
    coalesce(spoken.quotations, 0) as quotations
from named
inner join entities using (entity_id)
left join spoken using (entity_id)
where entities.kind in ('person', 'office', 'organisation', 'group')
order by named.articles desc, actor
limit 25;
