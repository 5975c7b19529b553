-- What the articles of `affected` share, and with whom.
select *
from shared_copy
where shared_copy.article_id in (select affected.article_id from affected)
