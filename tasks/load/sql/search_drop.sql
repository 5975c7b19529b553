delete from {table}
where {column} >= $first_doc
