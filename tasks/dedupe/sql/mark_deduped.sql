-- What each article of the batch was compared as.
update articles
set
    deduped_version = marked.deduped_version,
    deduped_extractor = marked.deduped_extractor,
    deduped_read_at = marked.deduped_read_at,
    deduped_day = marked.deduped_day,
    dedupe_failed_at = marked.dedupe_failed_at
from (
    select
        batch_marks.place,
        cast(batch_marks.deduped_version as varchar) as deduped_version,
        batch_marks.deduped_extractor,
        cast(batch_marks.deduped_read_at as timestamptz) as deduped_read_at,
        cast(batch_marks.deduped_day as date) as deduped_day,
        cast(batch_marks.dedupe_failed_at as timestamptz) as dedupe_failed_at
    from batch_marks
) as marked
where articles.rowid = marked.place
