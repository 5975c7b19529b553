with chosen as (
    select
        articles.article_id,
        articles.story_id,
        outlets.country as outlet_country,
        date(articles.published_at + 18000, 'unixepoch') as day
    from articles
    inner join outlets using (outlet_id)
    where
        verdict in ('article', 'brief')
        and relevance >= 2
        and articles.article_id in (select article_id from article_topics where topic_id = 'reg.india_kashmir' and topic_rank is not null)
),

ranked as (
    select
        chosen.article_id,
        chosen.outlet_country,
        length(trim(quotes.text)) - length(replace(trim(quotes.text), ' ', '')) + 1 as words,
        case
            when entities.country not in ('US', 'PK') then null
            when entities.kind in ('office', 'organisation') then entities.country
            when entities.kind = 'person' and exists (
                select 1
                from roles
                where
                    roles.entity_id = entities.entity_id
                    and roles.start_date <= chosen.day
                    and (roles.end_date is null or roles.end_date >= chosen.day)
            ) then entities.country
        end as side,
        row_number() over (
            partition by chosen.outlet_country, coalesce(chosen.story_id, chosen.article_id), quotes.quote_key
            order by chosen.article_id, quotes.quote_no
        ) as nth
    from chosen
    inner join quotes using (article_id)
    left join entities on entities.entity_id = quotes.speaker_entity_id
    where quotes.kind in ('direct', 'partial')
)

select
    outlet_country,
    count(distinct article_id),
    sum(words) filter (where side = 'US'),
    sum(words) filter (where side = 'PK'),
    sum(words) filter (where side is null)
from ranked
where nth = 1
group by outlet_country
order by outlet_country;
