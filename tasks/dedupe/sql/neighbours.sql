-- Articles that share copy with any of `chosen`.
select distinct shared_copy.other_id
from shared_copy
where
    shared_copy.day between date '{first}' and date '{last}'
    and shared_copy.article_id in (select chosen.article_id from chosen)
order by shared_copy.other_id
