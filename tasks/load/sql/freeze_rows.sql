-- One file of a data set, in the order of its key: the same rows make the same bytes.
select {columns}
from {table}
where {condition}
order by {keys}
