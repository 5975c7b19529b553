-- A piece of one file of a data set, in the order of its key: the same rows make the same bytes.
select {columns}
from {table}
where
    {condition}
    and ($low is null or {key} > $low)
    and ($high is null or {key} <= $high)
order by {keys}
