delete from shared_copy
where
    day between date '{first}' and date '{last}'
    and (
        article_id in (select chosen.article_id from chosen)
        or other_id in (select chosen.article_id from chosen)
    )
