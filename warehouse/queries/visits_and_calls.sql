-- title: Visits, calls and meetings of ministers and above, each with its best source
-- question: q26 (in part)
-- purpose:
--   Stories whose articles are on visits and relations and name holders of high office of both countries, with the days they
--   were reported, those holders, and the article to read first: an authority's own, else the earliest text that is no copy
--   and has a named author, else the earliest.
--   Beware: the day is that of the report, not of the meeting; what outlets say about the date of the event isn't read, only
--   'reported_over_days' hints at disagreement. A story may join two meetings of one week.
-- parameters:
--   $topic text = dip.visits_relations
--       topic, or the part before the dot for all below it; empty: any
--   $offices text = pk-president, pk-pm, pk-dpm, pk-fm, pk-finmin, pk-defmin, pk-intmin, pk-coas, pk-cdf, us-president, us-vice-president, us-secstate, us-secdef, us-treasury, us-nsa, us-ustr
--       keys of offices, separated by commas
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
        articles.outlet_id,
        articles.title,
        articles.url,
        coalesce(articles.story_id, articles.article_id) as story,
        articles.published_at,
        day_in(articles.published_at, $zone) as day,
        is_first_print(articles.copy_kind, articles.origin_article_id) as is_first,
        coalesce(len(articles.authors), 0) > 0 and articles.agency is null as is_own
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
),

terms as (
    select
        roles.entity_id,
        roles.start_date,
        coalesce(roles.end_date, date '9999-12-31') as last_date,
        entities.name,
        entities.country
    from roles
    inner join entities using (entity_id)
    where list_contains(list_transform(string_split($offices, ','), lambda office: trim(office)), roles.role_id)
),

-- first the few persons, then the articles: the other way round every mention is looked up
named as materialized (
    select
        mentions.article_id,
        mentions.entity_id
    from mentions
    where mentions.entity_id in (select terms.entity_id from terms)
),

holders as (
    select distinct
        chosen.story,
        terms.name,
        terms.country
    from chosen
    inner join named using (article_id)
    inner join terms
        on terms.entity_id = named.entity_id
        and chosen.day between terms.start_date and terms.last_date
),

parties as (
    select
        holders.story,
        string_agg(holders.name, ', ' order by holders.name) filter (where holders.country = 'PK') as from_pakistan,
        string_agg(holders.name, ', ' order by holders.name) filter (where holders.country = 'US') as from_us
    from holders
    group by holders.story
),

reported as (
    select
        chosen.story,
        min(chosen.day) as first_day,
        max(chosen.day) as last_day,
        count(*) as articles,
        count(distinct chosen.outlet_id) as outlets
    from chosen
    group by chosen.story
),

best as (
    select
        chosen.story,
        chosen.title,
        chosen.url,
        outlets.name as outlet
    from chosen
    left join outlets using (outlet_id)
    qualify
        row_number() over (
            partition by chosen.story
            order by
                coalesce(outlets.owner_type = 'government', false) desc,
                chosen.is_first and chosen.is_own desc,
                chosen.is_first desc,
                chosen.published_at nulls last,
                chosen.article_id
        ) = 1
)

select
    reported.first_day,
    parties.from_pakistan,
    parties.from_us,
    best.title,
    best.outlet as best_source,
    date_diff('day', reported.first_day, reported.last_day) + 1 as reported_over_days,
    reported.articles,
    reported.outlets,
    best.url
from reported
inner join parties using (story)
inner join best using (story)
where
    parties.from_pakistan is not null
    and parties.from_us is not null
order by
    reported.first_day,
    reported.story
