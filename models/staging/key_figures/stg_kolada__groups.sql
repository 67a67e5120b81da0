with source as (select * from {{ source("kolada", "kolada_groups") }})

select group_kind, group_id, {{ tidy_title("title") }} as group_title, is_deleted as is_removed, seen_at
from source
