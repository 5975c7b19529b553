-- Up to where the rows know each archive file.
with places as (
    select
        archive_file,
        archive_offset + archive_length as record_end
    from pages
    where archive_file in (select unnest($files))
    union all
    select
        archive_file,
        archive_offset + archive_length as record_end
    from polls
    where archive_file in (select unnest($files))
)
select
    archive_file,
    max(record_end) as known_end
from places
group by archive_file
