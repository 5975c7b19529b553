-- The marks of articles that are marked anew.
delete from article_topics
where article_id in (select id from wanted_articles)
