with source as (select * from {{ ref("place_overrides") }})

select
    {{ row_id("document_id", "table_no", "row_no") }} as row_id,
    {{ table_id("document_id", "table_no") }} as table_id,
    document_id,
    col_no,
    value_kind,
    period_start,
    period_end,
    period_basis,
    unit,
    activity_code,
    reason,
    case when row_no is null then 0 else 2 end + case when col_no is null then 0 else 1 end as narrowness
from source
