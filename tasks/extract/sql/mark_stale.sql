-- Pages of the chosen articles are pending again, whatever version has looked at them.
update extractions
set stage_version = 'requested'
where
    article_id is null
    or $all
    or list_contains($articles, article_id)
