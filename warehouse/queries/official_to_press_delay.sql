-- title: Hours from an official release to its first report, by year
-- question: q03 (in part)
-- purpose:
--   Releases are articles of outlets whose owner_type is government (state-dept, war-dept, whitehouse, us-embassy-pk, ...),
--   as far as their feeds are on and bring them. A report is the first article of the country and language in the same story.
--   Beware: a story is an event, so a report may rest on other sources than the release; only pairs with both times known
--   count; 'reported' beside 'releases' says how many were picked up at all. It can't say anything about a readout that we
--   don't hold, and reports before the release (a leak, a live broadcast) are counted apart.
-- parameters:
--   $source_country text = US
--       country of the authority; empty: all
--   $country text = PK
--       country of the press
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with releases as (
    select
        articles.article_id,
        articles.story_id,
        articles.published_at,
        year(day_in(articles.published_at, $zone)) as release_year
    from articles
    inner join outlets using (outlet_id)
    where
        outlets.owner_type = 'government'
        and ($source_country = '' or outlets.country = $source_country)
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and articles.published_at is not null
),

reports as (
    select
        articles.story_id,
        articles.lang,
        articles.published_at
    from articles
    inner join outlets using (outlet_id)
    where
        outlets.owner_type <> 'government'
        and outlets.country = $country
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and articles.lang in ('en', 'ur')
),

firsts as (
    select
        releases.article_id,
        releases.release_year,
        languages.lang,
        count(reports.story_id) filter (where reports.published_at < releases.published_at) as earlier,
        date_diff(
            'minute',
            min(releases.published_at),
            min(reports.published_at) filter (where reports.published_at >= releases.published_at)
        ) as minutes
    from releases
    cross join (values ('en'), ('ur')) as languages (lang)
    left join reports
        on reports.story_id = releases.story_id
        and reports.lang = languages.lang
    group by
        releases.article_id,
        releases.release_year,
        languages.lang
)

select
    firsts.release_year,
    firsts.lang as report_lang,
    count(*) as releases,
    count(firsts.minutes) as reported,
    share_of(reported, releases) as share_reported,
    round(median(firsts.minutes) / 60, 1) as median_hours,
    round(quantile_cont(firsts.minutes, 0.9) / 60, 1) as hours_of_nine_in_ten,
    count(*) filter (where firsts.earlier > 0) as with_earlier_reports
from firsts
group by
    firsts.release_year,
    firsts.lang
order by
    firsts.release_year,
    firsts.lang
