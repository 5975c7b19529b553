select
    page_id,
    archive_file,
    archive_offset,
    sha256
from pages
where
    outcome = 'ok'
    and archive_file is not null
order by hash(page_id || $seed)
limit $n
