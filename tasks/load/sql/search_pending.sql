-- Articles whose place in the search index is not that of their present text. Only short columns decide.
with dated as (
    select
        article_id,
        first_seen_at,
        case when verdict in ('article', 'brief') then left(content_sha256, 12) end as wanted,
        search_sha256
    from articles
)

select article_id
from dated
where wanted is distinct from search_sha256
order by
    first_seen_at,
    article_id
limit $n
