-- In order of days, so that a window of days is a part of the table.
insert into story_vectors by name (
    select *
    from batch_vectors
    order by
        day,
        article_id
)
