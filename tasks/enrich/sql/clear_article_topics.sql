-- The marks of these articles are made anew.
delete from article_topics
where list_contains($articles, article_id)
