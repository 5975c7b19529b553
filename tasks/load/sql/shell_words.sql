-- What completion offers: names of the warehouse first, then the words of the language.
select
    word,
    min(meaning) as meaning
from (
    select
        view_name as word,
        'view' as meaning
    from duckdb_views()
    where not internal
    union all
    select
        table_name,
        'table'
    from duckdb_tables()
    where not internal
    union all
    select
        column_name,
        'column'
    from duckdb_columns()
    where not internal
    union all
    select
        function_name || '(',
        'macro'
    from duckdb_functions()
    where
        not internal
        and function_type like '%macro'
    union all
    select
        keyword_name,
        'word'
    from duckdb_keywords()
    where keyword_category = 'reserved'
)
group by word
order by
    min(meaning) = 'word',
    word
