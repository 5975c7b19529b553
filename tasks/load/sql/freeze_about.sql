-- What a data set must say of the warehouse it was made from.
select
    (
        select max(finished_at)
        from runs
    ) as last_run_at,
    (
        select list(name order by name)
        from schema_log
        where name like 'schema/%'
    ) as schema,
    (
        select list(distinct extractor_version order by extractor_version)
        from articles
        where article_id in (from chosen_articles)
    ) as extractor,
    (
        select list(distinct enricher_version order by enricher_version)
        from articles
        where
            article_id in (from chosen_articles)
            and enricher_version is not null
    ) as enricher,
    (
        select list(distinct deduped_version order by deduped_version)
        from articles
        where
            article_id in (from chosen_articles)
            and deduped_version is not null
    ) as dedupe,
    (
        select list(version order by version)
        from subject_state
    ) as subject,
    (
        select min(published_at)
        from articles
        where article_id in (from chosen_articles)
    ) as first_published_at,
    (
        select max(published_at)
        from articles
        where article_id in (from chosen_articles)
    ) as last_published_at,
    (
        select count(distinct outlet_id)
        from articles
        where article_id in (from chosen_articles)
    ) as outlets
