-- The last good body of each sitemap or list that a backfill has read.
select
    url,
    arg_max(body_sha256, polled_at) as body_sha256
from polls
where
    feed_id = $feed_id
    and body_sha256 is not null
    and url in (select id from wanted_sources)
group by url
