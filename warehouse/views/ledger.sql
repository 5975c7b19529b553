-- Feed by day (UTC): what we asked, what came, and whether a zero is silence or an outage.
create or replace view ledger as
with polled as (
    select
        feed_id,
        cast(polled_at at time zone 'UTC' as date) as day,
        count(*) as polls,
        count(*) filter (where outcome not in ('failed', 'deferred')) as polls_ok,
        count(*) filter (where outcome = 'failed') as polls_failed,
        count(*) filter (where outcome = 'deferred') as polls_deferred,
        coalesce(sum(entries_new), 0) as entries_new,
        list(distinct code order by code) filter (where outcome in ('failed', 'deferred')) as failure_codes,
        min(polled_at) as first_poll_at,
        max(polled_at) as last_poll_at
    from polls
    group by all
),

fetched as (
    select
        frontier.feed_id,
        cast(pages.fetched_at at time zone 'UTC' as date) as day,
        count(*) filter (where pages.outcome = 'ok') as pages_ok,
        count(*) filter (where pages.outcome = 'failed') as pages_failed
    from pages
    inner join frontier using (target_id)
    where frontier.feed_id is not null
    group by all
),

written as (
    select
        frontier.feed_id,
        cast(articles.first_seen_at at time zone 'UTC' as date) as day,
        count(*) filter (where articles.verdict in ('article', 'brief')) as articles
    from articles
    inner join frontier using (target_id)
    where frontier.feed_id is not null
    group by all
)

select
    polled.feed_id, -- the feed
    feeds.outlet_id, -- publisher
    polled.day, -- day, UTC
    case
        when polled.polls_ok = 0 then 'outage'
        when polled.entries_new > 0 and polled.polls_failed = 0 then 'reported'
        when polled.entries_new > 0 then 'partial'
        when polled.polls_failed > polled.polls_ok then 'partial'
        else 'silent'
    end as verdict, -- reported, silent (we listened, nothing new), outage (we could not hear) or partial
    polled.polls, -- polls made or due and put off
    polled.polls_ok, -- polls that worked
    polled.polls_failed, -- polls that failed
    polled.polls_deferred, -- polls put off because the host asked for a rest
    polled.failure_codes, -- why
    polled.entries_new, -- new items
    coalesce(fetched.pages_ok, 0) as pages_ok, -- pages fetched
    coalesce(fetched.pages_failed, 0) as pages_failed, -- pages that could not be fetched
    coalesce(written.articles, 0) as articles, -- articles first seen on this day
    polled.first_poll_at, -- first poll of the day
    polled.last_poll_at -- last poll of the day
from polled
inner join feeds using (feed_id)
left join fetched using (feed_id, day)
left join written using (feed_id, day);
