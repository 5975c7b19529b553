-- Every feed with a word on its health, so that silence and outage are told apart.
create or replace view feed_health as
select
    feeds.feed_id, -- the feed
    feeds.outlet_id, -- the publisher
    feeds.tier, -- fast, hourly or daily
    case
        when feeds.state <> 'active' then feeds.state
        when feeds.last_polled_at is null then 'not yet polled'
        when feeds.consecutive_failures >= 3 then 'down'
        when feeds.consecutive_failures > 0 then 'failing'
        when feeds.last_code = 'feed_frozen' then 'frozen'
        else 'ok'
    end as health, -- ok, failing, down (three failures in a row), frozen, not yet polled, off, retired or removed
    feeds.last_polled_at, -- last poll
    feeds.last_ok_at, -- last poll that worked
    feeds.last_new_at, -- last poll that brought a new item
    feeds.newest_item_at, -- date of the newest item ever seen
    feeds.consecutive_failures, -- failed polls since the last good one
    feeds.last_code, -- code of the last failure or warning
    feeds.next_due_at, -- when it is asked again
    feeds.interval_minutes, -- current interval
    coalesce(feeds.effective_url, feeds.url) as url, -- address in use
    feeds.reason -- why it is off
from feeds;
