-- title: Share of articles that carry others' text, by outlet and week
-- question: q01
-- purpose:
--   How much of an outlet's coverage is text of agencies and other outlets. 'syndicated' is a whole or cut text of somebody
--   else, found by comparing texts or named by a full credit; 'in_part' holds a passage of others, or names a source among
--   its own. Text that moves within one publisher family is its own.
--   Beware: a copy of a source that isn't held and isn't credited counts as own, so the shares are lower bounds; small n.
--   Weeks begin on Monday; null week: the date is unknown.
-- parameters:
--   $entity text = f-16
--       key of an actor, office or instrument that the article names; empty: any
--   $topic text =
--       topic, or the part before the dot for all below it; empty: any
--   $country text = PK
--       country of publication; empty: all
--   $lang text = en
--       language; empty: all
--   $relevance integer = 2
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
        articles.copy_kind,
        outlets.name as outlet,
        outlets.family,
        cast(date_trunc('week', day_in(articles.published_at, $zone)) as date) as week
    from articles
    inner join outlets using (outlet_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($country = '' or outlets.country = $country)
        and ($lang = '' or articles.lang = $lang)
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

sources as (
    select
        chosen.article_id,
        mode(syndication.source order by syndication.source) as source
    from chosen
    inner join syndication using (article_id)
    left join outlets as origin_outlets on origin_outlets.outlet_id = syndication.origin_outlet_id
    where
        origin_outlets.family is distinct from chosen.family
        or syndication.origin_agency is not null
    group by chosen.article_id
)

select
    chosen.outlet,
    chosen.week,
    count(*) as articles,
    count(sources.article_id) filter (where chosen.copy_kind in ('near', 'reprint')) as syndicated,
    count(sources.article_id) filter (where chosen.copy_kind in ('original', 'excerpt')) as in_part,
    share_of(syndicated, articles) as share_syndicated,
    mode(sources.source order by sources.source) as main_source
from chosen
left join sources using (article_id)
group by
    chosen.outlet,
    chosen.week
order by
    chosen.outlet,
    chosen.week
