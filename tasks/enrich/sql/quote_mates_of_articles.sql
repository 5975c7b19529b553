-- Quotations of other articles that are tied to any of the articles'.
select
    article_b as article_id,
    quote_b as quote_no
from quote_ties
where
    article_a in (select id from wanted_articles)
    and article_b not in (select id from wanted_articles)
union
select
    article_a,
    quote_a
from quote_ties
where
    article_b in (select id from wanted_articles)
    and article_a not in (select id from wanted_articles)
