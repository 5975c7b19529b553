select
    stage,
    code,
    count(*) as times,
    max(failed_at) as last_at,
    arg_max(key, failed_at) as last_key
from failures
where failed_at >= $now - interval 1 day
group by all
order by times desc
limit 10
