-- The last segments, to be sorted into one.
create or replace temp table batch_postings as
select *
from search_postings
where
    doc >= $first_doc
    and doc not in (select doc from search_dead)
