-- title: Share of an outlet's output that is on Pakistan and the US, by month
-- question: q14 (in part)
-- purpose:
--   Where a story stands on a page is not recorded, so the share of front pages can't be told. The nearest: of the articles
--   that first came from an outlet's main feeds (front page, top or latest news), how many are on the subject.
--   Beware: a feed is no front page, and a narrow feed ("Pakistan") has other shares than a wide one: compare an outlet with
--   itself over time, and give the pattern of a feed to compare like with like. Months by first sight where no date is known.
-- parameters:
--   $feed text = home|front|top|latest|headlines
--       pattern of the feed_id that brought the article; empty: any
--   $outlet text =
--       outlet_id; empty: all
--   $relevance integer = 2
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with seen as (
    select
        articles.outlet_id,
        articles.relevance,
        cast(
            date_trunc('month', day_in(coalesce(articles.published_at, articles.first_seen_at), $zone)) as date
        ) as month_begins
    from articles
    where
        articles.verdict in ('article', 'brief')
        and in_period(coalesce(articles.published_at, articles.first_seen_at), $since, $until, $zone)
        and ($outlet = '' or articles.outlet_id = $outlet)
        and (
            $feed = ''
            or articles.target_id in (
                select frontier.target_id from frontier where $feed <> '' and regexp_matches(frontier.feed_id, $feed)
            )
        )
)

select
    outlets.name as outlet,
    seen.month_begins,
    count(*) as articles,
    count(*) filter (where seen.relevance is null) as not_judged,
    count(*) filter (where seen.relevance >= $relevance) as relevant,
    count(*) filter (where seen.relevance >= 3) as core,
    share_of(relevant, articles - not_judged) as share_relevant,
    share_of(core, articles - not_judged) as share_core
from seen
left join outlets using (outlet_id)
group by
    outlets.name,
    seen.month_begins
order by
    outlets.name,
    seen.month_begins
