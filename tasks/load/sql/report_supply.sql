-- Who supplies whom: articles of an outlet that carry or credit the text of a source.
with chosen as (
    select article_id, coalesce(outlet, outlet_id, 'unknown') as outlet
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
),

carried as (
    select distinct chosen.article_id, chosen.outlet, syndication.source
    from syndication
    inner join chosen using (article_id)
    where
        syndication.source is not null
        and syndication.kind in ('near', 'reprint', 'credited')
        -- an outlet that prints its own text again is not supplied by itself
        and (syndication.origin_agency is not null or syndication.origin_outlet_id is distinct from syndication.outlet_id)
),

sources as (
    select source, row_number() over (order by count(*) desc, source) as source_place
    from carried
    group by source
),

takers as (
    select outlet, row_number() over (order by count(distinct article_id) desc, outlet) as outlet_place
    from carried
    group by outlet
)

select
    case when sources.source_place <= 10 then carried.source else 'all others' end as source,
    case when takers.outlet_place <= 24 then carried.outlet else 'all others' end as outlet,
    count(distinct carried.article_id) as articles
from carried
inner join sources using (source)
inner join takers using (outlet)
group by 1, 2
order by min(sources.source_place), min(takers.outlet_place);
