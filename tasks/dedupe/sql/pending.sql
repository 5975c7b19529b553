-- Articles that the dedupe stage has not looked at as they stand now; what is no article any more is withdrawn.
-- New and changed ones come first; of those that only an older version of the rules has seen, at most $stale.
-- Only short columns decide, so looking costs a scan of them; the texts are read of the chosen only.
with looked_at as (
    select
        article_id,
        verdict not in ('article', 'brief') as gone,
        cast(coalesce(published_at, first_seen_at) at time zone 'UTC' as date) as day,
        deduped_day as known_day,
        not gone
        and deduped_version is not null
        and deduped_extractor = extractor_version
        and deduped_read_at is not distinct from read_at as stale,
        deduped_version = $stage_version and stale as done
    from articles
    where
        -- what failed is tried again by the next run, not by this one
        coalesce(dedupe_failed_at < $started_at, true)
        and (not gone or deduped_day is not null)
        and not coalesce(done, false)
),

chosen as (
    select *
    from looked_at
    qualify not stale or row_number() over (partition by stale order by day desc, article_id) <= $stale
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
inner join articles using (article_id)
left join actors using (article_id)
order by chosen.stale, chosen.day, chosen.article_id
