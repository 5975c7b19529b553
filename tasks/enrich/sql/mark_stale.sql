-- The chosen articles are pending again, whatever version has looked at them.
update enrich_state
set stage_version = 'requested'
where
    $all
    or list_contains($articles, article_id)
