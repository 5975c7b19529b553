-- title: Stories that many report and one outlet doesn't, and whether we could hear it
-- question: q31 (in part)
-- purpose:
--   Stories of at least so many publisher families on which an outlet (or its whole family) has no article within some hours of
--   the first one, with the polls of its feeds in that time: with no good poll the gap is an outage of ours, not the outlet's.
--   Beware: events come from the news itself; a list of events made by others (POLECAT, by hand) isn't in the warehouse. An
--   article that we put to no story, or to another one, looks like a gap, most of all across languages.
-- parameters:
--   $outlet text = dawn
--       outlet_id
--   $hours integer = 72
--       hours after the first article of the story
--   $families integer = 3
--       least number of other publisher families
--   $relevance integer = 2
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with asked as (
    select
        outlets.outlet_id,
        coalesce(outlets.family, outlets.outlet_id) as family
    from outlets
    where outlets.outlet_id = $outlet
),

chosen as (
    select
        articles.story_id,
        coalesce(outlets.family, articles.outlet_id) as family,
        coalesce(articles.published_at, articles.first_seen_at) as told_at,
        articles.relevance
    from articles
    left join outlets using (outlet_id)
    where
        articles.story_id is not null
        and articles.verdict in ('article', 'brief')
),

told as (
    select
        chosen.story_id,
        min(chosen.told_at) as first_at,
        max(chosen.relevance) as relevance,
        count(distinct chosen.family) filter (where chosen.family <> asked.family) as families,
        min(chosen.told_at) filter (where chosen.family = asked.family) as outlet_at
    from chosen
    cross join asked
    group by chosen.story_id
    having
        families >= $families
        and max(chosen.relevance) >= $relevance
),

missed as (
    select told.*
    from told
    where
        in_period(told.first_at, $since, $until, $zone)
        and (told.outlet_at is null or told.outlet_at > told.first_at + to_hours($hours))
),

-- counted on as time goes by: what fell into a span is the difference of two counts (with `filter` each is made anew)
heard as (
    select
        polls.polled_at,
        count(*) over (order by polls.polled_at) as polls,
        count(case when polls.outcome not in ('failed', 'deferred') then 1 end) over (order by polls.polled_at) as polls_ok
    from polls
    where polls.feed_id in (select feeds.feed_id from feeds where feeds.outlet_id = $outlet)
),

listened as (
    select
        missed.*,
        coalesce(heard_after.polls, 0) - coalesce(heard_before.polls, 0) as polls,
        coalesce(heard_after.polls_ok, 0) - coalesce(heard_before.polls_ok, 0) as polls_ok
    from missed
    asof left join heard as heard_before on missed.first_at > heard_before.polled_at
    asof left join heard as heard_after on missed.first_at + to_hours($hours) > heard_after.polled_at
)

select
    day_in(listened.first_at, $zone) as day,
    listened.story_id,
    stories.title,
    listened.relevance,
    listened.families,
    round(date_diff('minute', listened.first_at, listened.outlet_at) / 60, 1) as hours_until_outlet,
    listened.polls,
    listened.polls_ok,
    case when listened.polls_ok = 0 then 'not heard' else 'gap' end as reading
from listened
inner join stories using (story_id)
order by
    listened.first_at,
    listened.story_id
