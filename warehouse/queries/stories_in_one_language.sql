-- title: Stories that never crossed from English into Urdu, or back
-- question: q34
-- purpose:
--   Stories of a level that outlets of a country tell in one of the two languages only, with who told them.
--   Beware: English and Urdu articles are put to one story by actors and figures alone, since words can't be compared; a story
--   that did cross may have been left apart, and is then here. Look for it by its actors and days before you write of silence.
-- parameters:
--   $country text = PK
--       country of publication; empty: all
--   $outlets integer = 2
--       least number of outlets that tell it
--   $relevance integer = 3
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.story_id,
        articles.outlet_id,
        articles.lang,
        articles.relevance,
        articles.published_at,
        is_first_print(articles.copy_kind, articles.origin_article_id) as is_first
    from articles
    inner join outlets using (outlet_id)
    where
        articles.story_id is not null
        and articles.lang in ('en', 'ur')
        and is_coverage(articles.verdict, articles.relevance, 1)
        and ($country = '' or outlets.country = $country)
),

told as (
    select
        chosen.story_id,
        min(chosen.lang) as lang,
        day_in(min(chosen.published_at), $zone) as first_day,
        min(chosen.published_at) as first_at,
        count(*) as articles,
        count(*) filter (where chosen.is_first) as texts,
        count(distinct chosen.outlet_id) as outlets
    from chosen
    group by chosen.story_id
    having
        count(distinct chosen.lang) = 1
        and max(chosen.relevance) >= $relevance
        and outlets >= $outlets
)

select
    told.first_day,
    told.lang,
    stories.story_id,
    stories.title,
    told.outlets,
    told.texts,
    told.articles
from told
inner join stories using (story_id)
where in_period(told.first_at, $since, $until, $zone)
order by
    told.first_at,
    told.story_id
