insert into search_segments
select
    (select coalesce(max(last_doc) + 1, 0) from search_segments) as first_doc,
    max(search_doc) as last_doc,
    count(*) as articles,
    $rules as rules,
    $now as built_at
from articles
where search_doc >= (select coalesce(max(last_doc) + 1, 0) from search_segments)
having count(*) > 0
