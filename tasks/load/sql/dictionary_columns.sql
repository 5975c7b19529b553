select
    table_name as object,
    column_name as name,
    data_type as type,
    comment
from duckdb_columns()
where not internal
order by table_name, column_index
