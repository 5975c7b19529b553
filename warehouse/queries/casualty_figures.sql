-- title: Figures of dead and injured by outlet and hour, and their revisions
-- question: q11 (in part)
-- purpose:
--   Each version of an article on an event with the numbers that stand beside words for dead and injured, and whether they
--   differ from the version before: when did each outlet revise?
--   Beware: figures are found by a pattern, numbers in words up to twelve, so read the text before quoting one; a number may
--   belong to an older event that the article recalls. Hours are when we saw the version, not when it was changed.
-- parameters:
--   $topic text = ppl.consular_safety
--       topic, or the part before the dot for all below it; empty: any
--   $entity text =
--       key of an actor, office or instrument that the article names; empty: any
--   $near text = (?i)\bconsulate\b[^.]{0,60}\bKarachi\b|\bKarachi\b[^.]{0,60}\bconsulate\b|کراچی[^۔]{0,60}قونص|قونص[^۔]{0,60}کراچی
--       pattern that tells the event, over headline and text; empty: any
--   $dead text = (?i)\b(\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?: [\p{L}-]+){0,3} (?:killed|dead|martyred|died|ہلاک|جاں بحق|شہید)
--       pattern whose first group is a number of dead
--   $injured text = (?i)\b(\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?: [\p{L}-]+){0,3} (?:injured|wounded|hurt|زخمی)
--       pattern whose first group is a number of injured
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2026-03-01
--       first day; empty: no bound
--   $until date = 2026-04-30
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.article_id,
        articles.outlet_id,
        articles.published_at,
        articles.url
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and is_first_print(articles.copy_kind, articles.origin_article_id)
        and in_period(articles.published_at, $since, $until, $zone)
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
        and ($near = '' or regexp_matches(concat_ws(chr(10), articles.title, articles.text), $near))
),

figures as (
    select
        chosen.article_id,
        chosen.outlet_id,
        chosen.url,
        article_versions.version,
        article_versions.seen_at,
        article_versions.title,
        list_sort(list_distinct(regexp_extract_all(concat_ws(chr(10), article_versions.title, article_versions.text), $dead, 1))) as dead,
        list_sort(list_distinct(regexp_extract_all(concat_ws(chr(10), article_versions.title, article_versions.text), $injured, 1)))
            as injured
    from chosen
    inner join article_versions using (article_id)
    -- no version is older than the publication; spares reading the texts before the period
    where in_period(article_versions.seen_at, $since, null, $zone)
)

select
    outlets.name as outlet,
    figures.article_id,
    figures.version,
    cast(date_trunc('hour', figures.seen_at at time zone $zone) as timestamp) as seen_hour,
    figures.title,
    figures.dead,
    figures.injured,
    coalesce(
        figures.dead is distinct from lag(figures.dead) over versions
        or figures.injured is distinct from lag(figures.injured) over versions,
        false
    )
    and figures.version > 1 as revised,
    figures.url
from figures
left join outlets using (outlet_id)
where len(figures.dead) + len(figures.injured) > 0
window versions as (
    partition by figures.article_id
    order by figures.version
)
order by
    figures.seen_at,
    outlets.name,
    figures.article_id,
    figures.version
