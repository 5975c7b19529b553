-- Articles that the dedupe stage has not looked at as they stand now; what is no article any more is withdrawn.
-- New and changed ones come first; of those that only an older version of the rules has seen, at most $stale.
with looked_at as (
    select
        articles.article_id,
        articles.verdict not in ('article', 'brief') as gone,
        cast(coalesce(articles.published_at, articles.first_seen_at) at time zone 'UTC' as date) as day,
        dedupe_state.day as known_day,
        dedupe_state.article_id is not null
        and dedupe_state.code is null
        and not dedupe_state.withdrawn
        and articles.verdict in ('article', 'brief')
        and dedupe_state.extractor_version = articles.extractor_version
        and dedupe_state.read_at is not distinct from articles.read_at as stale,
        dedupe_state.stage_version = $stage_version and stale as done
    from articles
    left join dedupe_state using (article_id)
    where
        (articles.verdict in ('article', 'brief') or (dedupe_state.article_id is not null and not dedupe_state.withdrawn))
        -- what failed is tried again by the next run, not by this one
        and (dedupe_state.code is null or dedupe_state.deduped_at < $started_at)
),

chosen as (
    select *
    from looked_at
    where not done
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
    articles.lang,
    articles.extractor_version,
    articles.read_at,
    actors.actors
from chosen
inner join articles using (article_id)
left join actors using (article_id)
order by chosen.stale, chosen.day, chosen.article_id
