-- One table of two data sets, side by side: what only one of them has, and which columns differ.
with before as (
    select
        {key} as row_key,
        *
    from {before}
),

after as (
    select
        {key} as row_key,
        *
    from {after}
),

compared as (
    select
        coalesce(before.row_key, after.row_key) as row_key,
        case
            when before.row_key is null then 'added'
            when after.row_key is null then 'removed'
            else 'changed'
        end as what,
        -- absent names are skipped
        coalesce(array_to_string([{differing}], ', '), '') as columns
    from before
    full join after on before.row_key = after.row_key
)

select
    row_key as key,
    what,
    if(what = 'changed', columns, '') as columns
from compared
where
    what <> 'changed'
    or columns <> ''
order by what, row_key
