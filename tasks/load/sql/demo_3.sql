select
    feed_id,
    verdict,
    polls_made,
    entries_new,
    articles,
    array_to_string(map_keys(failed_by_code), ', ') as why
from ledger
order by entries_new, feed_id
