-- Pages that extraction has not looked at in the version that holds for their outlet.
-- `rule_versions` maps outlets to that version; '' stands for pages of no known outlet.
-- New pages come first; of those that an older version has looked at, at most $stale.
-- Only columns of `pages` decide, so the cost of looking is a scan of short columns.
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
        pages.outlet_id,
        coalesce(own_version.stage_version, any_version.stage_version) as stage_version,
        pages.extracted_with is not null as stale
    from pages
    inner join rule_versions as any_version on any_version.outlet_id = ''
    left join rule_versions as own_version on own_version.outlet_id = pages.outlet_id
    where
        pages.outcome = 'ok'
        and pages.extracted_with is distinct from coalesce(own_version.stage_version, any_version.stage_version)
        and (pages.extracted_with is null or $stale > 0)
),

chosen as (
    select *
    from candidates
    qualify not stale or row_number() over (partition by stale order by fetched_at desc, page_id) <= $stale
    order by stale, fetched_at, page_id
    limit $limit
),

-- the first good page of an address says which article it leads to
first_pages as (
    select
        target_id,
        arg_min(page_id, {'at': fetched_at, 'page_id': page_id}) as page_id
    from pages
    where
        outcome = 'ok'
        and target_id in (select target_id from chosen)
    group by target_id
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
    frontier.identity_key,
    frontier.discovered_at,
    chosen.page_id = first_pages.page_id as is_first,
    articles.article_id as known_article_id,
    articles.identity_key as known_identity_key,
    evidence.feed_title,
    evidence.feed_date,
    evidence.feed_authors,
    evidence.feed_content,
    evidence.feed_summary
from chosen
inner join frontier using (target_id)
inner join first_pages using (target_id)
left join articles on articles.article_id = frontier.article_id
left join evidence using (target_id)
order by chosen.stale, chosen.fetched_at, chosen.page_id
