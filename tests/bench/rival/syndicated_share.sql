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
        and coalesce(relevance, 1) >= 2
        and outlets.country = 'PK'
        and articles.lang = 'en'
        and articles.article_id in (select article_id from mentions where entity_id = 'f-16')
),

-- the commonest, the first in the alphabet of several
sources as (
    select
        chosen.article_id,
        coalesce(reprints.origin_agency, origin_outlets.name, origins.outlet_id) as source,
        row_number() over (
            partition by chosen.article_id
            order by count(*) desc, coalesce(reprints.origin_agency, origin_outlets.name, origins.outlet_id)
        ) as nr
    from chosen
    inner join reprints using (article_id)
    left join articles as origins on origins.article_id = reprints.origin_article_id
    left join outlets as origin_outlets on origin_outlets.outlet_id = origins.outlet_id
    where
        origin_outlets.family is not chosen.family
        or reprints.origin_agency is not null
    group by
        chosen.article_id,
        2
),

shares as (
    select
        chosen.*,
        sources.article_id is not null as is_fed,
        sources.source
    from chosen
    left join sources on sources.article_id = chosen.article_id and sources.nr = 1
),

mains as (
    select
        outlet,
        week,
        source,
        row_number() over (partition by outlet, week order by count(*) desc, source) as nr
    from shares
    where source is not null
    group by
        outlet,
        week,
        source
)

select
    shares.outlet,
    shares.week,
    count(*) as articles,
    count(*) filter (where is_fed and copy_kind in ('near', 'reprint')) as syndicated,
    count(*) filter (where is_fed and copy_kind in ('original', 'excerpt')) as in_part,
    round(1.0 * count(*) filter (where is_fed and copy_kind in ('near', 'reprint')) / count(*), 3) as share_syndicated,
    mains.source as main_source
from shares
left join mains on mains.outlet = shares.outlet and mains.week is shares.week and mains.nr = 1
group by
    shares.outlet,
    shares.week
order by
    shares.outlet,
    shares.week;
