select page_id
from pages
where page_id in (select id from wanted_pages)
