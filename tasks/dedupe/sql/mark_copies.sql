-- `decisions` says of the article at each place what it is and where its text comes from.
update articles
set
    copy_kind = decided.copy_kind,
    origin_article_id = decided.origin_article_id
from (
    select
        decisions.place,
        cast(decisions.copy_kind as varchar) as copy_kind,
        cast(decisions.origin_article_id as varchar) as origin_article_id
    from decisions
) as decided
where
    articles.rowid = decided.place
    and (
        articles.copy_kind is distinct from decided.copy_kind
        or articles.origin_article_id is distinct from decided.origin_article_id
    )
