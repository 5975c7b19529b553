select
    outlet_id,
    title_before,
    title_after,
    words_added,
    words_removed
from changes
order by words_added desc
