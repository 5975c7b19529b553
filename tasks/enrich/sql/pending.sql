-- Articles that enrichment has not looked at in this version, on this text and with this date.
-- New ones come first; of those that an older version has looked at, at most $stale.
-- Only short columns decide, so looking costs a scan of them; the texts are read where the chosen lie, by their place
-- in the table: joined by key, they would be read of every article.
with dated as (
    select
        rowid as place,
        article_id,
        first_seen_at,
        content_sha256,
        enriched_sha256,
        enriched_day,
        enricher_version,
        published_at is not null as day_exact,
        -- the publisher's own day: an evening in Washington is the next day in UTC
        cast(
            coalesce(published_at, first_seen_at) + to_minutes(coalesce(published_offset_minutes, 0))
            as date
        ) as day
    from articles
),

candidates as (
    select
        place,
        article_id,
        first_seen_at,
        day,
        day_exact,
        enriched_sha256 is not null as marked,
        enriched_sha256 is not distinct from content_sha256
        and enriched_day is not distinct from day as stale
    from dated
    where
        enriched_sha256 is distinct from content_sha256
        or enriched_day is distinct from day
        or ($stale > 0 and enricher_version is distinct from $version)
),

chosen as materialized (
    select *
    from candidates
    qualify not stale or row_number() over (partition by stale order by first_seen_at desc, article_id) <= $stale
    order by stale, first_seen_at, article_id
    limit $limit
)

select
    chosen.article_id,
    chosen.day,
    chosen.day_exact,
    chosen.marked,
    coalesce(articles.title, '') as title,
    coalesce(articles.text, '') as text,
    articles.lang,
    articles.verdict,
    articles.content_sha256,
    outlets.country
from chosen
inner join articles on articles.rowid = chosen.place
left join outlets using (outlet_id)
order by chosen.stale, chosen.first_seen_at, chosen.article_id
