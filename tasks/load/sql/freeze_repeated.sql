-- Keys that stand in more than one row of a file.
select count(*) as repeated
from (
    select {keys}
    from {table}
    group by all
    having count(*) > 1
)
