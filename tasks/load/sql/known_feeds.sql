select
    feed_id,
    url,
    state,
    removed_at
from feeds
