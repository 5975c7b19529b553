select
    host,
    not_before_at,
    backoff_reason,
    robots_status,
    robots_body,
    robots_fetched_at
from hosts
where host in (select id from wanted_hosts)
