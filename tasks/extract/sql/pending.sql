-- Pages that extraction has not looked at in the version that holds for their outlet.
-- `rule_versions` maps outlets to that version; '' stands for pages of no known outlet.
-- New pages come first; of those that an older version has looked at, at most $stale.
with candidates as (
    select
        pages.page_id,
        pages.target_id,
        pages.url,
        coalesce(pages.final_url, pages.url) as final_url,
        pages.fetched_at,
        coalesce(pages.http_status, 200) as http_status,
        pages.archive_file,
        pages.archive_offset,
        frontier.identity_key,
        frontier.discovered_at,
        frontier.outlet_id,
        rule_versions.stage_version,
        extractions.page_id is not null as stale
    from pages
    inner join frontier using (target_id)
    inner join rule_versions
        on rule_versions.outlet_id = case
            when list_contains($outlets, frontier.outlet_id) then frontier.outlet_id
            else ''
        end
    left join extractions using (page_id)
    where
        pages.outcome = 'ok'
        and (extractions.page_id is null or extractions.stage_version <> rule_versions.stage_version)
        and (extractions.page_id is null or extractions.extracted_at < $started_at)
),

chosen as (
    select *
    from candidates
    qualify not stale or row_number() over (partition by stale order by fetched_at desc, page_id) <= $stale
    order by stale, fetched_at, page_id
    limit $limit
),

-- what the feeds said of the address: the earliest sighting, and the longest text of any
evidence as (
    select
        target_id,
        arg_min(title, first_seen_at) filter (where title is not null) as feed_title,
        arg_min(
            {
                'published_at': published_at,
                'published_offset_minutes': published_offset_minutes,
                'date_source': date_source
            },
            first_seen_at
        ) filter (where published_at is not null) as feed_date,
        arg_min(authors, first_seen_at) filter (where len(authors) > 0) as feed_authors,
        arg_max(content, len(content)) as feed_content,
        arg_max(summary, len(summary)) as feed_summary
    from entries
    where target_id in (select target_id from chosen)
    group by target_id
)

select
    chosen.*,
    evidence.feed_title,
    evidence.feed_date,
    evidence.feed_authors,
    evidence.feed_content,
    evidence.feed_summary
from chosen
left join evidence using (target_id)
order by chosen.stale, chosen.fetched_at, chosen.page_id
