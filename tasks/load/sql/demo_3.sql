select
    feed_id,
    verdict,
    polls,
    entries_new,
    articles,
    array_to_string(failure_codes, ', ') as why
from ledger
order by entries_new, feed_id
