-- Words together, so that a search reads one stretch of the table.
insert into search_postings
select *
from batch_postings
order by
    term,
    doc
