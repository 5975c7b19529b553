create or replace temp table batch_postings as
from search_postings
limit 0
