insert into shared_copy by name (
    select *
    from batch_shared_copy
)
