-- What the articles of `affected` share, and with whom.
select * exclude (day)
from shared_copy
where
    shared_copy.day between date '{first}' and date '{last}'
    and shared_copy.article_id in (select affected.article_id from affected)
