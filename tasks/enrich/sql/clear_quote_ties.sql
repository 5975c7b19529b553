delete from quote_ties
where
    article_a in (select id from wanted_articles)
    or article_b in (select id from wanted_articles)
