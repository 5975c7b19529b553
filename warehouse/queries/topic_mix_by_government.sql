-- title: Topics by US administration and Pakistani prime minister
-- question: q22
-- purpose:
--   The first topic of each article, by who held the two offices on its day, as a share of the articles of those two. Texts
--   count once unless reprints is true. A day of handover belongs to the new holder.
--   Beware: articles of one government are those that the feeds brought in its time; older ones come from imports, so compare
--   mixes (shares), not amounts. Holder null: nobody is known for the day, or the date is unknown. Topic null: none found.
-- parameters:
--   $areas boolean = false
--       whole areas (sec, eco, ...) instead of topics
--   $country text =
--       country of publication; empty: all
--   $reprints boolean = false
--       whether each reprint counts too
--   $relevance integer = 2
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with holders as (
    select
        roles.role_id,
        roles.start_date,
        -- on the day of a handover the office is the new holder's
        least(
            coalesce(roles.end_date, date '9999-12-31'),
            coalesce(lead(roles.start_date) over (partition by roles.role_id order by roles.start_date) - 1, date '9999-12-31')
        ) as last_date,
        entities.name
    from roles
    inner join entities using (entity_id)
    where roles.role_id in ('us-president', 'pk-pm')
),

chosen as (
    select
        day_in(articles.published_at, $zone) as day,
        case when $areas then split_part(article_topics.topic_id, '.', 1) else article_topics.topic_id end as topic_id
    from articles
    inner join outlets using (outlet_id)
    left join article_topics
        on article_topics.article_id = articles.article_id
        and article_topics.topic_rank = 1
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($country = '' or outlets.country = $country)
        and ($reprints or is_first_print(articles.copy_kind, articles.origin_article_id))
),

daily as (
    select
        chosen.day,
        chosen.topic_id,
        count(*) as articles
    from chosen
    group by
        chosen.day,
        chosen.topic_id
)

select
    presidents.name as us_president,
    premiers.name as pakistani_pm,
    daily.topic_id,
    cast(sum(daily.articles) as bigint) as articles,
    cast(sum(sum(daily.articles)) over (partition by presidents.name, premiers.name) as bigint) as of_articles,
    share_of(sum(daily.articles), of_articles) as share,
    min(daily.day) as first_day,
    max(daily.day) as last_day
from daily
left join holders as presidents
    on presidents.role_id = 'us-president'
    and daily.day between presidents.start_date and presidents.last_date
left join holders as premiers
    on premiers.role_id = 'pk-pm'
    and daily.day between premiers.start_date and premiers.last_date
group by
    presidents.name,
    premiers.name,
    daily.topic_id
order by
    min(min(daily.day)) over (partition by presidents.name, premiers.name),
    articles desc,
    daily.topic_id
