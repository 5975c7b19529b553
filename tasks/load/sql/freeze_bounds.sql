-- Every {rows}th key of a file: texts are sorted piece by piece, because a sort of all of them needs their size in memory.
select key
from (
    select
        {key} as key,
        row_number() over (order by {key}) as place
    from {table}
    where {condition}
)
where place % {rows} = 0
order by key
