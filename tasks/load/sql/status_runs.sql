select
    run_id,
    flow,
    state,
    started_at,
    finished_at,
    counts
from runs
order by started_at desc
limit 5
