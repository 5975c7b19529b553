-- What quotations of `chosen` are tied to directly.
select
    quote_ties.article_b as article_id,
    quote_ties.quote_b as quote_no
from quote_ties
where (quote_ties.article_a, quote_ties.quote_a) in (select (chosen.article_id, chosen.quote_no) from chosen)
union
select
    quote_ties.article_a,
    quote_ties.quote_a
from quote_ties
where (quote_ties.article_b, quote_ties.quote_b) in (select (chosen.article_id, chosen.quote_no) from chosen)
