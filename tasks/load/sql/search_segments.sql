-- The segments behind the last one that is large enough.
select
    first_doc,
    articles
from search_segments
where first_doc > (select coalesce(max(last_doc), -1) from search_segments where articles >= $largest)
order by first_doc
