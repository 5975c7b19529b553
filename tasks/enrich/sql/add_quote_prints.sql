-- In order of days, so that a window of days is a part of the table.
insert into quote_prints by name (
    select *
    from batch_prints
    order by
        day,
        article_id,
        quote_no,
        hash
)
