-- The ties within `chosen`: they never lead out of it.
from quote_ties
where (quote_ties.article_a, quote_ties.quote_a) in (select (chosen.article_id, chosen.quote_no) from chosen)
