with source as (select * from {{ source("raw", "report_rows") }})

select
    {{ row_id("document_id", "table_no", "row_no") }} as row_id,
    {{ table_id("document_id", "table_no") }} as table_id,
    document_id,
    table_no,
    row_no,
    label as row_label,
    {{ label_key("label") }} as row_label_key,
    source_line,
    is_heading,
    nullif(notes, '') as row_notes,
    coalesce(label <> read_label, false) as is_edited_by_hand
from source
