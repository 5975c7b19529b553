delete from shared_copy
where
    article_id in (select chosen.article_id from chosen)
    or other_id in (select chosen.article_id from chosen)
