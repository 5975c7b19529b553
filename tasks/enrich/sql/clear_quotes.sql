-- The marks of these articles are made anew.
delete from quotes
where list_contains($articles, article_id)
