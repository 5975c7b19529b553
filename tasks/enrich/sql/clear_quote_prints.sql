delete from quote_prints
where article_id in (select id from wanted_articles)
