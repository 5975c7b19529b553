select
    outlet_id,
    name,
    owner_type,
    hosts
from outlets
