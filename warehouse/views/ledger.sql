-- Source by day (UTC): which polls were due and what became of them, so that silence and outage are told apart.
-- It has a row for each day on which a feed was on, also if nothing ran, up to the last run that this file knows.
-- Polls that were due and not made are counted from the time that the poll before had set, at the same interval.
create or replace view ledger as
with known as (
    select max(coalesce(finished_at, started_at)) as until
    from runs
),

active as (
    select
        feed_id,
        state,
        since,
        coalesce(lead(since) over (partition by feed_id order by since), (select until from known)) as until
    from feed_states
    qualify state = 'active'
),

days as (
    select
        feed_id,
        cast(unnest(generate_series(
            date_trunc('day', since at time zone 'UTC'), until at time zone 'UTC', interval 1 day
        )) as date) as day
    from active
),

polled as (
    select
        feed_id,
        cast(make_timestamp(epoch_us(polled_at)) as date) as day,
        count(*) as polls,
        count(*) filter (where outcome = 'failed') as polls_failed,
        count(*) filter (where outcome = 'deferred') as polls_deferred,
        sum(entries_new) as entries_new,
        min(polled_at) as first_poll_at,
        max(polled_at) as last_poll_at,
        min(polled_at) filter (where entries_new > 0) as first_item_at,
        max(polled_at) filter (where entries_new > 0) as last_item_at
    from polls
    group by all
),

failed as (
    select
        feed_id,
        day,
        map_from_entries(list(row(code, times) order by code)) as failed_by_code
    from (
        select
            feed_id,
            cast(make_timestamp(epoch_us(polled_at)) as date) as day,
            code,
            count(*) as times
        from polls
        where outcome in ('failed', 'deferred')
        group by all
    )
    group by all
),

firsts as (
    select
        feed_id,
        min(first_poll_at) as first_poll_at
    from polled
    group by feed_id
),

-- Times without a poll although one was due: before the first, between two, after the last.
gaps as (
    select
        feeds.feed_id,
        active.since as due_at,
        least(coalesce(firsts.first_poll_at, active.until), active.until) as ended_at,
        coalesce(firsts.first_poll_at <= active.until, false) as kept,
        null as asked_for
    from active
    inner join feeds using (feed_id)
    left join firsts using (feed_id)
    where
        firsts.first_poll_at is null
        or active.since < firsts.first_poll_at
    union all
    select
        feed_id,
        due_at,
        polled_at,
        true,
        date_diff('second', previous_at, due_at)
    from polls
    where due_at < polled_at - interval 15 minute
    union all
    select
        feed_id,
        next_due_at,
        (select until from known),
        true,
        date_diff('second', last_polled_at, next_due_at)
    from feeds
    where last_polled_at is not null
),

-- Each gap holds one due time every so many seconds; the last was kept if a poll ended the gap, only late.
rhythm as (
    select
        gaps.feed_id,
        gaps.due_at,
        gaps.ended_at,
        gaps.kept,
        greatest(
            gaps.asked_for,
            case feeds.tier when 'fast' then 900 when 'hourly' then 3600 else 86400 end
        ) as seconds
    from gaps
    inner join feeds using (feed_id)
),

silences as (
    select
        rhythm.feed_id,
        rhythm.seconds,
        rhythm.due_at,
        greatest(rhythm.due_at, active.since) as begins_at,
        least(
            active.until,
            case
                when rhythm.kept
                    then rhythm.due_at + to_seconds(
                        date_diff('second', rhythm.due_at, rhythm.ended_at) // rhythm.seconds * rhythm.seconds
                    )
                else rhythm.ended_at
            end
        ) as ends_at
    from rhythm
    inner join active
        on active.feed_id = rhythm.feed_id
        and active.since < rhythm.ended_at
        and active.until > rhythm.due_at
    where
        not rhythm.kept
        or rhythm.ended_at >= rhythm.due_at + to_seconds(rhythm.seconds)
),

missed as (
    select
        feed_id,
        day,
        sum(
            ceil(date_diff('second', due_at, least(ends_at, day_ends_at)) / seconds)
            - ceil(date_diff('second', due_at, greatest(begins_at, day_begins_at)) / seconds)
        ) as polls_missed
    from (
        select
            *,
            cast(day_begins as date) as day,
            day_begins at time zone 'UTC' as day_begins_at,
            (day_begins + interval 1 day) at time zone 'UTC' as day_ends_at
        from (
            select
                *,
                unnest(generate_series(
                    date_trunc('day', begins_at at time zone 'UTC'), ends_at at time zone 'UTC', interval 1 day
                )) as day_begins
            from silences
        )
    )
    group by all
),

landed as (
    select
        frontier.feed_id,
        things.day,
        count(*) filter (where things.kind = 'page') as pages_ok,
        count(*) filter (where things.kind = 'no page') as pages_failed,
        count(*) filter (where things.kind = 'article') as articles
    from (
        select
            target_id,
            -- a look that found nothing new, or the article gone, is neither
            case outcome when 'ok' then 'page' when 'failed' then 'no page' end as kind,
            cast(make_timestamp(epoch_us(fetched_at)) as date) as day
        from pages
        union all
        select
            target_id,
            'article',
            cast(make_timestamp(epoch_us(first_seen_at)) as date)
        from articles
        where verdict in ('article', 'brief')
    ) as things
    inner join frontier using (target_id)
    where frontier.feed_id is not null
    group by all
),

listed as (
    select feed_id, day from days
    union
    select feed_id, day from polled
    union
    select feed_id, day from landed
),

counted as (
    select
        listed.feed_id,
        listed.day,
        firsts.first_poll_at,
        coalesce(polled.polls, 0) + cast(coalesce(missed.polls_missed, 0) as bigint) as polls_due,
        coalesce(polled.polls - polled.polls_deferred, 0) as polls_made,
        coalesce(polled.polls - polled.polls_deferred - polled.polls_failed, 0) as polls_ok,
        coalesce(polled.polls_failed, 0) as polls_failed,
        coalesce(polled.polls_deferred, 0) as polls_deferred,
        cast(coalesce(polled.entries_new, 0) as bigint) as entries_new,
        polled.* exclude (feed_id, day, polls, polls_failed, polls_deferred, entries_new, first_poll_at)
            rename (last_poll_at as last_at),
        polled.first_poll_at as first_at
    from listed
    left join firsts using (feed_id)
    left join polled using (feed_id, day)
    left join missed using (feed_id, day)
)

select
    counted.feed_id, -- the feed
    feeds.outlet_id, -- publisher
    counted.day, -- day, UTC
    case
        when counted.first_poll_at is null or cast(make_timestamp(epoch_us(counted.first_poll_at)) as date) > counted.day
            then 'not yet polled'
        when counted.polls_due = 0 then 'not due'
        when counted.polls_ok = 0 then 'outage'
        when counted.polls_ok * 2 <= counted.polls_due and counted.polls_due > 1 then 'partial'
        when counted.entries_new > 0 then 'reported'
        else 'silent'
    end as verdict, -- reported, silent (we listened, nothing new), partial (at most half of the polls due worked), outage (none did), not due (the server asked for a rest) or not yet polled
    counted.polls_due, -- polls due: those made, put off and missed
    counted.polls_made, -- polls made
    counted.polls_ok, -- polls that worked
    counted.polls_failed, -- polls that failed
    counted.polls_deferred, -- polls put off because the host asked for a rest
    failed.failed_by_code, -- polls that failed or were put off, by reason
    counted.entries_new, -- new items
    counted.first_item_at, -- when the first new item came
    counted.last_item_at, -- when the last new item came
    coalesce(landed.pages_ok, 0) as pages_ok, -- pages fetched
    coalesce(landed.pages_failed, 0) as pages_failed, -- pages that could not be fetched
    coalesce(landed.articles, 0) as articles, -- articles first seen on this day
    counted.first_at as first_poll_at, -- first poll of the day
    counted.last_at as last_poll_at -- last poll of the day
from counted
inner join feeds using (feed_id)
left join failed using (feed_id, day)
left join landed using (feed_id, day);
