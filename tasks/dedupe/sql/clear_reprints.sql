delete from reprints
where article_id in (select affected.article_id from affected)
