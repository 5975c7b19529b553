-- title: How many distinct reports stand behind a claim that many print
-- question: q23
-- purpose:
--   Articles in which a pattern stands, with each reprint put to the article whose text it carries: one row for each distinct
--   text, with the agency it credits, how many articles and publisher families printed it, and the numbers over all in the
--   last three columns. 'sources' counts agencies and families: two texts that both credit one agency are one source.
--   Beware: two papers that rewrite one handout are two texts; whether a text reports the claim or denies it must be read.
-- parameters:
--   $pattern text = (?i)\$ ?500[ -]?(?:m|mn|million)\b|500 million dollars|50 کروڑ ڈالر
--       pattern of the claim, over headline and text
--   $topic text = eco.minerals_investment
--       topic, or the part before the dot for all below it; empty: any
--   $entity text =
--       key of an actor, office or instrument that the article names; empty: any
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2025-09-01
--       first day; empty: no bound
--   $until date = 2025-12-31
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

-- materialised, or else the pattern is looked for in every text of the period
with asked as materialized (
    select
        articles.article_id,
        articles.outlet_id,
        articles.copy_kind,
        articles.origin_article_id,
        coalesce(articles.agency, articles.credit) as credited,
        concat_ws(chr(10), articles.title, articles.text) as words
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
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
),

chosen as (
    select
        asked.article_id,
        case
            when is_first_print(asked.copy_kind, asked.origin_article_id) then asked.article_id
            else asked.origin_article_id
        end as text_of,
        asked.credited,
        coalesce(outlets.family, asked.outlet_id, asked.article_id) as family
    from asked
    left join outlets using (outlet_id)
    where regexp_matches(asked.words, $pattern)
),

texts as (
    select
        chosen.text_of,
        mode(chosen.credited order by chosen.credited) as credited,
        count(*) as articles,
        count(distinct chosen.family) as families
    from chosen
    group by chosen.text_of
),

totals as (
    select
        count(*) as all_articles,
        count(distinct chosen.text_of) as all_texts,
        count(distinct coalesce(lower(chosen.credited), chosen.family)) as all_sources
    from chosen
    where chosen.text_of = chosen.article_id
    or chosen.text_of not in (select originals.article_id from chosen as originals)
)

select
    texts.text_of as article_id,
    outlets.name as outlet,
    articles.title,
    articles.published_at,
    texts.credited,
    texts.articles,
    texts.families,
    (select count(*) from chosen) as all_articles,
    totals.all_texts,
    totals.all_sources,
    articles.url
from texts
cross join totals
inner join articles on articles.article_id = texts.text_of
left join outlets using (outlet_id)
order by
    texts.articles desc,
    articles.published_at,
    texts.text_of
