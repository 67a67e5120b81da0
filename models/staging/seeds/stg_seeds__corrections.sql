with source as (select * from {{ ref("corrections") }})

select
    correction_id,
    {{ figure_id("document_id", "table_no", "row_no", "col_no") }} as figure_id,
    {{ row_id("document_id", "table_no", "row_no") }} as row_id,
    {{ table_id("document_id", "table_no") }} as table_id,
    document_id,
    col_no,
    field,
    printed,
    corrected,
    reason
from source
