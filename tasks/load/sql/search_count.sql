insert into search_terms
select
    term,
    (select coalesce(max(last_doc) + 1, 0) from search_segments) as first_doc,
    count(*) as articles
from batch_postings
group by term
order by term
