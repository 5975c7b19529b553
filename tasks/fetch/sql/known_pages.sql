select page_id
from pages
where list_contains($pages, page_id)
