select
    source,
    count(*) as texts,
    string_agg(distinct outlets.name, ', ') as printed_by
from syndication
inner join outlets using (outlet_id)
group by source
order by texts desc, source
