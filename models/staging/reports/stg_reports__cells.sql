-- A table, since its patterns are expensive and many models read the result.
{{ config(materialized="table") }}

with source as (select * from {{ source("raw", "report_cells") }})

select
    {{ figure_id("document_id", "table_no", "row_no", "col_no") }} as figure_id,
    {{ row_id("document_id", "table_no", "row_no") }} as row_id,
    {{ table_id("document_id", "table_no") }} as table_id,
    document_id,
    table_no,
    row_no,
    col_no,
    cell_ref,
    raw_text,
    read_text,
    coalesce(raw_text <> read_text, false) as is_edited_by_hand,
    {{ typed_cell("raw_text") }}
from source
