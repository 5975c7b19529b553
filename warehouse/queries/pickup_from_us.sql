-- title: How soon Pakistani outlets take up reports of US media and Reuters, and how they credit them
-- question: q33
-- purpose:
--   Articles that carry the text of a source or credit it, by source and outlet: how many, the median time after the source's
--   own publication where we hold it and both dates are known, and how the source is named (courtesy line, dateline,
--   byline, running text).
--   Beware: whether a report was exclusive is not recorded. Feeds whose terms forbid collection (NYT, WSJ, Reuters) are off,
--   so their articles come from imports only: without them there is a credit but no time ('timed' is the n of the median).
-- parameters:
--   $sources text = the new york times, the wall street journal, reuters, the washington post, associated press, ap
--       names of sources in lower case, separated by commas; empty: every outlet of the US
--   $country text = PK
--       country of publication; empty: all
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with named as (
    select
        reprints.article_id,
        coalesce(reprints.origin_agency, origin_outlets.name) as source,
        reprints.kind,
        reprints.evidence ->> '$.credit' as credit_form,
        origin_outlets.country as origin_country,
        origins.published_at as source_at
    from reprints
    left join articles as origins on origins.article_id = reprints.origin_article_id
    left join outlets as origin_outlets on origin_outlets.outlet_id = origins.outlet_id
    where
        case
            when $sources = '' then origin_outlets.country = 'US'
            else list_has_any(
                list_transform(string_split($sources, ','), lambda source: trim(source)),
                [lower(reprints.origin_agency), lower(origin_outlets.name)]
            )
        end
)

select
    named.source,
    outlets.name as outlet,
    count(*) as articles,
    count(*) filter (where named.kind in ('near', 'reprint')) as with_its_text,
    count(named.credit_form) as credited,
    count(named.source_at) filter (where articles.published_at >= named.source_at) as timed,
    round(
        median(date_diff('minute', named.source_at, articles.published_at))
            filter (where articles.published_at >= named.source_at)
        / 60,
        1
    ) as median_hours,
    mode(named.credit_form order by named.credit_form) as commonest_form,
    mode(articles.credit order by articles.credit) as commonest_wording
from named
inner join articles using (article_id)
inner join outlets using (outlet_id)
where
    is_coverage(articles.verdict, articles.relevance, $relevance)
    and in_period(articles.published_at, $since, $until, $zone)
    and ($country = '' or outlets.country = $country)
group by
    named.source,
    outlets.name
order by
    named.source,
    outlets.name
