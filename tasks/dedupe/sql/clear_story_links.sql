delete from story_links
where
    article_a in (select chosen.article_id from chosen)
    or article_b in (select chosen.article_id from chosen)
