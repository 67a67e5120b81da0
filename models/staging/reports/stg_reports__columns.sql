with source as (select * from {{ source("raw", "report_columns") }})

select
    {{ table_id("document_id", "table_no") }} as table_id,
    document_id,
    table_no,
    col_no,
    header as column_header,
    {{ header_year("header") }} as header_year,
    {{ header_date("header") }} as header_date,
    {{ header_month("header") }} as header_month,
    {{ header_single_month("header") }} as header_single_month,
    case
        when regexp_matches(lower(header), 'kvinn|flick')
        then 'K'
        when regexp_matches(lower(header), '\bmän\b|pojk')
        then 'M'
    end as header_gender,
    is_commentary,
    coalesce(header <> read_header, false) as is_edited_by_hand
from source
