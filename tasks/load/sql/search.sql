-- `khabar search`: what people read first, then what leads on.
select
    published_at,
    outlet_id,
    title,
    snippet,
    score,
    relevance,
    article_id,
    url
from search('{wanted}', most := {limit})
