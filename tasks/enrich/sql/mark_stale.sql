-- The chosen articles are pending again, whatever version has looked at them.
update articles
set enricher_version = 'requested'
where
    enricher_version is not null
    and (
        $all
        or article_id in (select id from wanted_articles)
    )
