-- title: Whose text each outlet prints most, by year
-- question: q24
-- purpose:
--   Sources by outlet and year: articles that carry the source's text or credit it in full, as a share of all that the outlet
--   published on the subject, with the rank of the source. A source has a country where it is one of our outlets.
--   Beware: a source is named as the credit names it, and as its outlet where only the text shows it; spellings are joined
--   only as far as config/outlets.toml knows them. Sources that aren't held and aren't credited are missing. Year null: no date.
-- parameters:
--   $country text = PK
--       country of publication; empty: all
--   $source text =
--       source, e.g. arab news; empty: all
--   $only_foreign boolean = true
--       leave out sources of the outlet's own country
--   $places integer = 10
--       rows of each outlet and year
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.article_id,
        articles.outlet_id,
        outlets.name as outlet,
        outlets.country,
        outlets.family,
        year(day_in(articles.published_at, $zone)) as published_year
    from articles
    inner join outlets using (outlet_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($country = '' or outlets.country = $country)
),

totals as (
    select
        chosen.outlet_id,
        chosen.published_year,
        count(*) as of_articles
    from chosen
    group by
        chosen.outlet_id,
        chosen.published_year
),

named as (
    select
        reprints.article_id,
        coalesce(reprints.origin_agency, origin_outlets.name, origins.outlet_id) as source,
        case when reprints.origin_agency is null then origin_outlets.family end as source_family
    from reprints
    left join articles as origins on origins.article_id = reprints.origin_article_id
    left join outlets as origin_outlets on origin_outlets.outlet_id = origins.outlet_id
    where reprints.kind in ('near', 'reprint', 'credited')
),

supplied as (
    select
        chosen.outlet_id,
        chosen.outlet,
        chosen.published_year,
        lower(replace(named.source, ' ', '')) as source_key,
        mode(named.source order by named.source) as source,
        min(known.country) as source_country,
        count(distinct chosen.article_id) as articles
    from chosen
    inner join named using (article_id)
    left join outlets as known
        on lower(replace(known.name, ' ', '')) = lower(replace(named.source, ' ', ''))
        or known.outlet_id = lower(replace(named.source, ' ', ''))
    where
        coalesce(named.source_family, known.family) is distinct from chosen.family
        and not ($only_foreign and coalesce(known.country = chosen.country, false))
        and ($source = '' or lower(replace(named.source, ' ', '')) = lower(replace($source, ' ', '')))
    group by
        chosen.outlet_id,
        chosen.outlet,
        chosen.published_year,
        source_key
)

select
    supplied.outlet,
    supplied.published_year,
    row_number() over places as place,
    supplied.source,
    supplied.source_country,
    supplied.articles,
    totals.of_articles,
    share_of(supplied.articles, totals.of_articles) as share
from supplied
inner join totals
    on totals.outlet_id = supplied.outlet_id
    and totals.published_year is not distinct from supplied.published_year
window places as (
    partition by supplied.outlet_id, supplied.published_year
    order by supplied.articles desc, supplied.source
)
qualify place <= $places
order by
    supplied.outlet,
    supplied.published_year,
    place
