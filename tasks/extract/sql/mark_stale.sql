-- Pages of the chosen articles are pending again, whatever version has looked at them.
update pages
set extracted_with = 'requested'
where
    extracted_with is not null
    and (
        $all
        or page_id in (
            select page_id
            from extractions
            where
                article_id is null
                or article_id in (select id from wanted_articles)
        )
    )
