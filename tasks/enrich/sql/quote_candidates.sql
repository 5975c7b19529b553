-- Pairs of a quotation of the batch and one that shares a third of the hashes of the one with fewer.
-- The window of days is written into the query: the engine then reads these days only, whatever the table holds.
-- No hash is too frequent to count: what has come before would decide which are.
select
    batch_prints.article_id,
    batch_prints.quote_no,
    quote_prints.article_id as other_article_id,
    quote_prints.quote_no as other_quote_no
from batch_prints
inner join quote_prints using (hash)
where
    quote_prints.day between date '{first}' and date '{last}'
    and abs(date_diff('day', quote_prints.day, batch_prints.day)) <= {window}
    and (quote_prints.article_id, quote_prints.quote_no) <> (batch_prints.article_id, batch_prints.quote_no)
group by all
having count(*) * 3 >= least(any_value(batch_prints.prints), any_value(quote_prints.prints))
