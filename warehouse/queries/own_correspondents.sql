-- title: Who files from Washington: own correspondents, desks and agencies, by outlet and year
-- question: q32
-- purpose:
--   Articles with a dateline, by who filed them: a named own author, an agency, somebody else's text, or nobody named. Own
--   means: authors are named, no agency is credited, and the text isn't a copy of another's.
--   Beware: a dateline is the place of filing, not of the event, and many outlets print none; 'articles' counts only those
--   that have it. A byline may hide agency copy that we don't hold. Year null: unknown date.
-- parameters:
--   $place text = (?i)^(?:washington|واشنگٹن)
--       pattern of the dateline
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

with chosen as (
    select
        outlets.name as outlet,
        year(day_in(articles.published_at, $zone)) as published_year,
        case
            when articles.copy_kind in ('near', 'reprint') then 'copied'
            when articles.agency is not null then 'agency'
            when coalesce(len(articles.authors), 0) > 0 then 'own'
            else 'unnamed'
        end as filed_by,
        articles.authors
    from articles
    inner join outlets using (outlet_id)
    where
        regexp_matches(articles.dateline, $place)
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($country = '' or outlets.country = $country)
)

select
    chosen.outlet,
    chosen.published_year,
    count(*) as articles,
    count(*) filter (where chosen.filed_by = 'own') as own,
    count(*) filter (where chosen.filed_by = 'agency') as agency,
    count(*) filter (where chosen.filed_by = 'copied') as copied,
    count(*) filter (where chosen.filed_by = 'unnamed') as unnamed,
    share_of(own, articles) as share_own,
    mode(chosen.authors[1] order by chosen.authors[1]) filter (where chosen.filed_by = 'own') as commonest_author
from chosen
group by
    chosen.outlet,
    chosen.published_year
order by
    chosen.outlet,
    chosen.published_year
