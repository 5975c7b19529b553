-- Articles that enrichment has not looked at in this version, on this text and with this date.
-- New ones come first; of those that an older version has looked at, at most $stale.
with dated as (
    select
        articles.article_id,
        coalesce(articles.title, '') as title,
        coalesce(articles.text, '') as text,
        articles.lang,
        articles.verdict,
        articles.content_sha256,
        articles.first_seen_at,
        outlets.country,
        articles.published_at is not null as day_exact,
        -- the publisher's own day: an evening in Washington is the next day in UTC
        cast(
            coalesce(articles.published_at, articles.first_seen_at)
            + to_minutes(coalesce(articles.published_offset_minutes, 0))
            as date
        ) as day
    from articles
    left join outlets using (outlet_id)
),

candidates as (
    select
        dated.*,
        enrich_state.article_id is not null
        and enrich_state.content_sha256 is not distinct from dated.content_sha256
        and enrich_state.day is not distinct from dated.day as stale
    from dated
    left join enrich_state using (article_id)
    where
        enrich_state.article_id is null
        or enrich_state.stage_version <> $version
        or enrich_state.content_sha256 is distinct from dated.content_sha256
        or enrich_state.day is distinct from dated.day
)

select *
from candidates
qualify not stale or row_number() over (partition by stale order by first_seen_at desc, article_id) <= $stale
order by stale, first_seen_at, article_id
limit $limit
