with chosen as (
    select
        articles.article_id,
        outlets.name as outlet,
        date(articles.published_at + 18000, 'unixepoch') as day
    from articles
    inner join outlets using (outlet_id)
    where
        verdict in ('article', 'brief')
        and coalesce(relevance, 1) >= 2
        and (copy_kind is null or copy_kind not in ('near', 'reprint') or origin_article_id is null)
        and articles.article_id in (
            select article_id
            from article_topics
            where
                topic_rank is not null
                and (topic_id = 'sec.counterterrorism' or topic_id glob 'sec.counterterrorism.*')
        )
),

terms as (
    select
        entities.name as administration,
        roles.start_date,
        min(
            coalesce(roles.end_date, '9999-12-31'),
            coalesce(date(lead(roles.start_date) over (order by roles.start_date), '-1 day'), '9999-12-31')
        ) as last_date
    from roles
    inner join entities using (entity_id)
    where roles.role_id = 'us-president'
),

sources as (
    select
        article_id,
        count(distinct coalesce(speaker_entity_id, speaker)) filter (where source_kind = 'person') as persons,
        count(distinct coalesce(speaker_entity_id, speaker))
            filter (where source_kind in ('office', 'institution', 'document')) as institutions,
        count(distinct speaker) filter (where source_kind = 'media') as media,
        count(distinct coalesce(speaker, '')) filter (where anonymous) as anonymous,
        count(distinct coalesce(speaker, ''))
            filter (where anonymous and anonymity_reason is not null) as anonymous_with_reason
    from quotes
    where article_id in (select article_id from chosen)
    group by article_id
)

select
    chosen.outlet,
    terms.administration,
    count(*) as articles,
    coalesce(sum(sources.persons), 0) as persons,
    coalesce(sum(sources.institutions), 0) as institutions,
    coalesce(sum(sources.media), 0) as media,
    coalesce(sum(sources.anonymous), 0) as anonymous,
    coalesce(sum(sources.anonymous_with_reason), 0) as anonymous_with_reason,
    round(1.0 * coalesce(sum(sources.persons), 0) / count(*), 3) as persons_per_article,
    round(1.0 * coalesce(sum(sources.institutions), 0) / count(*), 3) as institutions_per_article,
    round(1.0 * coalesce(sum(sources.anonymous), 0) / count(*), 3) as anonymous_per_article,
    round(
        1.0 * sum(sources.anonymous)
        / nullif(sum(sources.persons + sources.institutions + sources.media + sources.anonymous), 0),
        3
    ) as share_anonymous
from chosen
left join terms on chosen.day between terms.start_date and terms.last_date
left join sources using (article_id)
group by
    chosen.outlet,
    terms.administration
order by
    chosen.outlet,
    min(terms.start_date);
