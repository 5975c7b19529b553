delete from story_links
where
    day between date '{first}' and date '{last}'
    and (
        article_a in (select chosen.article_id from chosen)
        or article_b in (select chosen.article_id from chosen)
    )
