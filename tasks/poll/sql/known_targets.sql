select
    target_id,
    state
from frontier
where target_id in (select id from wanted_targets)
