with chosen as (
    select
        articles.article_id,
        outlets.name as outlet,
        date(articles.published_at + 18000, 'unixepoch') as day
    from articles
    inner join outlets using (outlet_id)
    where
        verdict in ('article', 'brief')
        and relevance >= 2
        and (copy_kind is null or copy_kind not in ('near', 'reprint') or origin_article_id is null)
        and articles.article_id in (select article_id from article_topics where topic_id = 'sec.counterterrorism' and topic_rank is not null)
),

terms as (
    select entities.name as administration, roles.start_date, roles.end_date
    from roles
    inner join entities using (entity_id)
    where roles.role_id = 'us-president'
),

sources as (
    select
        article_id,
        count(distinct coalesce(speaker_entity_id, speaker)) filter (where source_kind = 'person') as persons,
        count(distinct coalesce(speaker_entity_id, speaker)) filter (where source_kind in ('office', 'institution', 'document')) as institutions,
        count(distinct coalesce(speaker, '')) filter (where anonymous) as anonymous
    from quotes
    where article_id in (select article_id from chosen)
    group by article_id
)

select
    chosen.outlet,
    terms.administration,
    count(*),
    sum(sources.persons),
    sum(sources.institutions),
    sum(sources.anonymous)
from chosen
left join terms on chosen.day >= terms.start_date and (terms.end_date is null or chosen.day < terms.end_date)
left join sources using (article_id)
group by chosen.outlet, terms.administration
order by chosen.outlet, min(terms.start_date);
