select count(*) as pending
from ({query})
