-- `placed` says of each quotation which one it is a wording of now.
update quotes
set
    quotation_id = decided.quotation_id,
    wording = decided.wording,
    left_out = decided.left_out,
    put_in = decided.put_in
from (
    select
        placed.article_id,
        placed.quote_no,
        placed.quotation_id,
        placed.wording,
        cast(placed.left_out as varchar) as left_out,
        cast(placed.put_in as varchar) as put_in
    from placed
) as decided
where
    quotes.article_id = decided.article_id
    and quotes.quote_no = decided.quote_no
    and (
        quotes.quotation_id is distinct from decided.quotation_id
        or quotes.wording is distinct from decided.wording
        or quotes.left_out is distinct from decided.left_out
        or quotes.put_in is distinct from decided.put_in
    )
