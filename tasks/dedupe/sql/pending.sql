-- Articles that the dedupe stage has not looked at as they stand now; what is no article any more is withdrawn.
-- New and changed ones come first; of those that only an older version of the rules has seen, at most $stale.
-- Only short columns decide, so looking costs a scan of them; the texts are read where the chosen lie, by their place
-- in the table: joined by key, they would be read of every article.
with looked_at as (
    select
        rowid as place,
        article_id,
        coalesce(published_at, first_seen_at) as time,
        deduped_day as known_day,
        verdict not in ('article', 'brief') as gone,
        not gone
        and deduped_version is not null
        and deduped_extractor is not distinct from extractor_version
        and deduped_read_at is not distinct from read_at as stale
    from articles
    where
        -- what failed is tried again by the next run, not by this one
        coalesce(dedupe_failed_at < $started_at, true)
        and (not gone or deduped_day is not null)
        and (not stale or ($stale > 0 and deduped_version <> $stage_version))
),

waiting as (
    from looked_at
    where not stale
    union all
    (
        from looked_at
        where stale
        order by
            time desc,
            article_id
        limit $stale
    )
),

chosen as materialized (
    select
        *,
        cast(time at time zone 'UTC' as date) as day
    from waiting
    order by stale, day, article_id
    limit $limit
),

-- entities named in them, where somebody has looked for them already
actors as (
    select
        mentions.article_id,
        list(distinct mentions.entity_id order by mentions.entity_id) as actors
    from mentions
    where mentions.article_id in (select chosen.article_id from chosen)
    group by mentions.article_id
)

select
    chosen.article_id,
    chosen.gone,
    chosen.day,
    chosen.known_day,
    articles.outlet_id,
    articles.title,
    articles.text,
    articles.extractor_version,
    articles.read_at,
    actors.actors
from chosen
inner join articles on articles.rowid = chosen.place
left join actors on actors.article_id = chosen.article_id
order by chosen.stale, chosen.day, chosen.article_id
