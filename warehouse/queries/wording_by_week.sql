-- title: How a wording spreads: its share by week, and the outlets that have used it
-- question: q16
-- purpose:
--   The adoption curve of a term against its rival: articles of each week that use either, the share with the term, how many
--   outlets use it that week, and how many have used it since the beginning of the period. Texts count once unless reprints
--   is true. Weeks begin on Monday.
--   Beware: a term inside a quotation counts as used; a week with few articles has a wild share (see 'either'); a week in
--   which nothing was heard looks like one without use (view ledger). Articles without a date are left out.
-- parameters:
--   $term text = (?i)\b(?:Secretary of War|War Secretary|Secretary for War|Department of War|War Department)\b|امریکی وزیر ?جنگ|وزیرِ جنگ
--       pattern of the term
--   $rival text = (?i)\b(?:Secretary of Defen[cs]e|Defen[cs]e Secretary|Department of Defen[cs]e|Defen[cs]e Department)\b|امریکی وزیر ?دفاع
--       pattern of the term it competes with
--   $entity text = us-secdef
--       key of an actor, office or instrument that the article names; empty: any
--   $topic text =
--       topic, or the part before the dot for all below it; empty: any
--   $country text = PK
--       country of publication; empty: all
--   $reprints boolean = false
--       whether each reprint counts too
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2025-09-01
--       first day; empty: no bound
--   $until date = 2025-12-31
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.outlet_id,
        cast(date_trunc('week', day_in(articles.published_at, $zone)) as date) as week,
        regexp_matches(concat_ws(chr(10), articles.title, articles.text), $term) as has_term,
        regexp_matches(concat_ws(chr(10), articles.title, articles.text), $rival) as has_rival
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and articles.published_at is not null
        and in_period(articles.published_at, $since, $until, $zone)
        and ($reprints or is_first_print(articles.copy_kind, articles.origin_article_id))
        and articles.outlet_id in (select outlets.outlet_id from outlets where $country = '' or outlets.country = $country)
        and (
            $entity = ''
            or articles.article_id in (
                select mentions.article_id from mentions where $entity <> '' and mentions.entity_id = $entity
            )
        )
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
),

-- filters stand in the aggregates: as conditions they would be asked of every text of the period
adopted as (
    select
        chosen.outlet_id,
        min(chosen.week) filter (where chosen.has_term) as week
    from chosen
    group by chosen.outlet_id
),

weekly as (
    select
        chosen.week,
        count(*) filter (where chosen.has_term or chosen.has_rival) as either,
        count(*) filter (where chosen.has_term) as with_term,
        count(distinct chosen.outlet_id) filter (where chosen.has_term) as outlets_with_term
    from chosen
    group by chosen.week
)

select
    weekly.week,
    weekly.either,
    weekly.with_term,
    share_of(weekly.with_term, weekly.either) as share_with_term,
    weekly.outlets_with_term,
    count(adopted.outlet_id) as outlets_so_far
from weekly
left join adopted on adopted.week <= weekly.week
where weekly.either > 0
group by all
order by weekly.week
