with source as (select * from {{ source("raw", "report_columns") }})

select
    document_id,
    table_no,
    col_no,
    header as column_header,
    {{ header_year("header") }} as header_year,
    {{ header_date("header") }} as header_date,
    is_commentary,
    coalesce(header <> read_header, false) as is_edited_by_hand
from source
