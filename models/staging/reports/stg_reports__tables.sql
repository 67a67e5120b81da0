with source as (select * from {{ source("raw", "report_tables") }})

select
    {{ table_id("document_id", "table_no") }} as table_id,
    document_id,
    table_no,
    sheet_name,
    section,
    title as table_title,
    label_header,
    nullif(unit, '') as unit_printed,
    page,
    source_line,
    nullif(notes, '') as table_notes
from source
