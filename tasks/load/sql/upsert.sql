-- The one way a batch enters a table: merged from a source without double keys.
-- {rank} breaks ties between rows of one batch with the same key: the last one wins.
merge into {table} as target
using (
    select * exclude (rank_in_batch)
    from incoming
    qualify row_number() over (partition by {keys} order by rank_in_batch desc) = 1
) as source
using ({keys})
{matched}
when not matched then insert by name
