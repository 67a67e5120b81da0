select run_id, released_at
from marts.release
