with due as (
    select count(*) as n
    from feeds
    where
        state = 'active'
        and (next_due_at is null or next_due_at <= $now)
),

addresses as (
    select
        count(*) filter (where state = 'pending' and next_fetch_at <= $now) as due,
        count(*) filter (where state = 'pending' and next_fetch_at > $now) as waiting,
        count(*) filter (where state = 'quarantined') as quarantined,
        count(*) filter (where state = 'done' and next_fetch_at <= $now) as revisits_due,
        count(*) filter (where state = 'done' and next_fetch_at > $now) as revisits_waiting
    from frontier
),

unread as (
    select count(*) as n
    from pages
    where
        outcome = 'ok'
        and extracted_with is null
),

-- as in enrich/pending: on this text and date not looked at, or by other rules or tables
unmarked as (
    select
        count(*) filter (where changed) as due,
        count(*) filter (where not changed and enricher_version is distinct from $marks) as outdated
    from (
        select
            enricher_version,
            enriched_sha256 is distinct from content_sha256
            or enriched_day is distinct from cast(
                coalesce(published_at, first_seen_at) + to_minutes(coalesce(published_offset_minutes, 0))
                as date
            ) as changed
        from articles
    )
),

-- as in dedupe/pending
uncompared as (
    select count(*) as n
    from articles
    where
        verdict in ('article', 'brief')
        and (
            deduped_version is null
            or dedupe_failed_at is not null
            or deduped_extractor <> extractor_version
            or deduped_read_at is distinct from read_at
        )
)

select
    due.n as feeds_due,
    addresses.due as pages_due,
    addresses.waiting as pages_waiting,
    addresses.quarantined as pages_quarantined,
    addresses.revisits_due,
    addresses.revisits_waiting,
    unread.n as documents_due,
    unmarked.due as articles_to_mark,
    unmarked.outdated as articles_marked_by_older_rules,
    uncompared.n as articles_to_compare
from due, addresses, unread, unmarked, uncompared
