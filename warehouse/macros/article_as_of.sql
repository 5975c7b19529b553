-- The version of an article that stood on its page at a moment, as far as we saw; none before our first look at it.
-- One row: version, title, text and verdict; from when (seen_at) until when (seen_until; null: still) it was seen.
-- Give the zone with the moment: article_as_of('0123456789abcdef', '2026-03-01 20:30:00+00').
create or replace macro article_as_of(id, ts) as table
select
    versions.article_id,
    articles.outlet_id,
    articles.url,
    versions.version,
    versions.title,
    versions.text,
    versions.verdict,
    versions.seen_at,
    (
        select min(later.seen_at)
        from article_versions as later
        where
            later.article_id = id
            and later.seen_at > cast(ts as timestamptz)
    ) as seen_until,
    versions.page_id
from article_versions as versions
inner join articles using (article_id)
where
    versions.article_id = id
    and versions.seen_at <= cast(ts as timestamptz)
order by versions.version desc
limit 1;
