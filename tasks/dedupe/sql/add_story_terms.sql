-- In order of days, so that a window of days is a part of the table.
insert into story_terms by name (
    select *
    from batch_terms
    order by
        day,
        article_id,
        term
)
