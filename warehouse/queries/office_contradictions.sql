-- title: Articles whose label of an office contradicts its day
-- question: q18
-- purpose:
--   Two kinds. 'not in office': a person is given an office beside the name that config/roles.csv gives somebody else on the
--   day (more than three days off). 'called former' and 'called coming': the holder of the day is called former, ex-,
--   -elect or designate right before the name. With the holders of the day as the table knows them.
--   Beware: the table can be wrong or late, and a text may rightly look back ('then'): read the sentence. Only articles with a
--   known day are looked at; quotations are not excepted.
-- parameters:
--   $window integer = 40
--       characters in which the label stands before the name
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2026-01-01
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with offices as (
    select
        mentions.article_id,
        mentions.entity_id,
        mentions.role_id,
        mentions.surface,
        mentions.flags,
        mentions.spans
    from mentions
    where
        list_contains(mentions.flags, 'anachronism')
        or list_contains(mentions.flags, 'former')
        or list_contains(mentions.flags, 'coming')
),

chosen as (
    select
        offices.*,
        articles.outlet_id,
        articles.title,
        articles.text,
        articles.url,
        articles.published_at,
        day_in(articles.published_at, $zone) as day
    from offices
    inner join articles using (article_id)
    where
        articles.published_at is not null
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
),

misplaced as (
    select
        chosen.article_id,
        chosen.entity_id,
        chosen.role_id,
        chosen.surface,
        'not in office' as contradiction,
        cast(null as varchar) as label
    from chosen
    where list_contains(chosen.flags, 'anachronism')
),

named as (
    select
        chosen.article_id,
        chosen.entity_id as role_id,
        roles.entity_id,
        mentions.surface,
        chosen.text,
        unnest(cast(mentions.spans -> '$[*].start' as integer[])) as starts_at
    from chosen
    inner join roles
        on roles.role_id = chosen.entity_id
        and roles.start_date < chosen.day
        and (roles.end_date is null or roles.end_date > chosen.day)
    inner join mentions
        on mentions.article_id = chosen.article_id
        and mentions.entity_id = roles.entity_id
    where list_has_any(chosen.flags, ['former', 'coming'])
),

labelled as (
    select
        named.*,
        substring(named.text, greatest(named.starts_at - $window, 0) + 1, least($window, named.starts_at)) as before_name
    from named
),

mislabelled as (
    select
        labelled.article_id,
        labelled.entity_id,
        labelled.role_id,
        labelled.surface,
        case
            when regexp_matches(labelled.before_name, '(?i)(?:\bformer|\bex-?|سابق)[^,.;:]*$') then 'called former'
            when regexp_matches(labelled.before_name, '(?i)(?:-elect|designate|incoming|نامزد)[^,.;:]*$') then 'called coming'
        end as contradiction,
        trim(labelled.before_name) || ' ' || labelled.surface as label
    from labelled
    where contradiction is not null
),

found as (
    select misplaced.*
    from misplaced
    union
    select mislabelled.*
    from mislabelled
)

select
    day_in(articles.published_at, $zone) as day,
    outlets.name as outlet,
    found.contradiction,
    entities.name as person,
    found.role_id as office,
    coalesce(found.label, found.surface) as as_printed,
    (
        select string_agg(holders.name, ', ' order by holders.name)
        from roles
        inner join entities as holders on holders.entity_id = roles.entity_id
        where
            roles.role_id = found.role_id
            and roles.start_date <= day_in(articles.published_at, $zone)
            and (roles.end_date is null or roles.end_date >= day_in(articles.published_at, $zone))
    ) as holder_of_the_day,
    articles.title,
    articles.url
from found
inner join articles using (article_id)
inner join entities on entities.entity_id = found.entity_id
left join outlets using (outlet_id)
order by
    articles.published_at,
    articles.article_id,
    found.contradiction,
    entities.name
