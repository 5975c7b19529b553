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
        and coalesce(relevance, 1) >= 2
        and articles.article_id in (
            select article_id
            from article_topics
            where
                topic_rank is not null
                and (topic_id = 'reg.india_kashmir' or topic_id glob 'reg.india_kashmir.*')
        )
),

ranked as (
    select
        chosen.article_id,
        chosen.outlet_country,
        -- a line break stands beside a space
        replace(replace(trim(quotes.text), char(10) || ' ', char(10)), char(10), ' ') as words_said,
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
        ) as nr
    from chosen
    inner join quotes using (article_id)
    left join entities on entities.entity_id = quotes.speaker_entity_id
    where quotes.kind in ('direct', 'partial')
),

said as (
    select
        *,
        length(words_said) - length(replace(words_said, ' ', '')) + 1 as words
    from ranked
    where nr = 1
)

select
    outlet_country,
    count(distinct article_id) as articles_with_quotations,
    coalesce(sum(words) filter (where side = 'US'), 0) as words_us,
    coalesce(sum(words) filter (where side = 'PK'), 0) as words_pk,
    coalesce(sum(words) filter (where side is null), 0) as words_without_side,
    round(1.0 * sum(words) filter (where side = 'US') / sum(words) filter (where side = 'PK'), 2) as us_to_pk,
    count(*) filter (where side = 'US') as quotations_us,
    count(*) filter (where side = 'PK') as quotations_pk
from said
group by outlet_country
order by outlet_country;
