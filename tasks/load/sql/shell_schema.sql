select
    column_name as name,
    lower(data_type) as type,
    comment as meaning
from duckdb_columns()
where
    not internal
    and table_name = $name
order by column_index
