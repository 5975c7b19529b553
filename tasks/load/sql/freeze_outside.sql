-- Rows that refer to something that is not in the data set.
select count(*) as outside
from {table} as here
anti join {target} as there on there.{target_column} = here.{column}
where here.{column} is not null
