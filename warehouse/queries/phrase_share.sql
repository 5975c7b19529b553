-- title: Share of stories and articles on a topic that mention something, by outlet
-- question: q28
-- purpose:
--   Of an outlet's stories on a topic, how many mention a pattern in at least one of its articles; the same for articles, with
--   reprints, because what an outlet prints is what its readers see.
--   Beware: a pattern finds words, not meanings; look at some of the articles. Articles that belong to no story count as one
--   of their own.
-- parameters:
--   $pattern text = (?i)\bresettle\w*|special immigrant|\bSIVs?\b|\bP-?[12] (?:visa|programme|program)|awaiting (?:relocation|US visas?)|آبادکاری|امریکا منتقلی
--       what is to be mentioned, over headline and text
--   $topic text = afg.refugees_resettlement
--       topic, or the part before the dot for all below it; empty: any
--   $country text =
--       country of publication; empty: all
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2025-08-01
--       first day; empty: no bound
--   $until date = 2025-11-30
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.outlet_id,
        coalesce(articles.story_id, articles.article_id) as story,
        regexp_matches(concat_ws(chr(10), articles.title, articles.text), $pattern) as mentions_it
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
)

select
    outlets.name as outlet,
    outlets.country,
    count(distinct chosen.story) as stories,
    count(distinct chosen.story) filter (where chosen.mentions_it) as stories_with,
    share_of(stories_with, stories) as share_of_stories,
    count(*) as articles,
    count(*) filter (where chosen.mentions_it) as articles_with,
    share_of(articles_with, articles) as share_of_articles
from chosen
inner join outlets using (outlet_id)
where $country = '' or outlets.country = $country
group by
    outlets.name,
    outlets.country
order by
    outlets.country,
    outlets.name
