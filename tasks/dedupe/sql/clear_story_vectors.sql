-- Of articles that are looked at again; the days are those on which they stood.
delete from story_vectors
where
    day between date '{first}' and date '{last}'
    and article_id in (select chosen.article_id from chosen)
