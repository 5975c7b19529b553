select version
from subject_state
