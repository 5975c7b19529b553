with chosen as (
    select
        articles.article_id,
        articles.copy_kind,
        outlets.name as outlet,
        outlets.family,
        date(articles.published_at + 18000, 'unixepoch', 'weekday 0', '-6 days') as week
    from articles
    inner join outlets using (outlet_id)
    where
        verdict in ('article', 'brief')
        and relevance >= 2
        and outlets.country = 'PK'
        and articles.lang = 'en'
        and articles.article_id in (select article_id from mentions where entity_id = 'f-16')
),

sources as (
    select chosen.article_id, max(coalesce(reprints.origin_agency, origin_outlets.name)) as source
    from chosen
    inner join reprints using (article_id)
    left join articles as origins on origins.article_id = reprints.origin_article_id
    left join outlets as origin_outlets on origin_outlets.outlet_id = origins.outlet_id
    where origin_outlets.family is not chosen.family or reprints.origin_agency is not null
    group by chosen.article_id
)

select
    outlet,
    week,
    count(*) as articles,
    count(source) filter (where copy_kind in ('near', 'reprint')) as syndicated,
    count(source) filter (where copy_kind in ('original', 'excerpt')) as in_part
from chosen
left join sources using (article_id)
group by outlet, week
order by outlet, week;
