select
    kind,
    name,
    comment
from (
    select
        'view' as kind,
        view_name as name,
        comment
    from duckdb_views()
    where not internal
    union all
    select
        'table' as kind,
        table_name as name,
        comment
    from duckdb_tables()
    where not internal
    union all
    select
        'macro' as kind,
        function_name || '(' || array_to_string(parameters, ', ') || ')' as name,
        comment
    from duckdb_functions()
    where
        not internal
        and function_type like '%macro'
)
order by
    kind = 'macro',
    kind = 'table',
    name
