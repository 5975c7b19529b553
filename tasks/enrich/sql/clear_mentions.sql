-- The marks of these articles are made anew.
delete from mentions
where list_contains($articles, article_id)
