-- A correction names what is printed. If the print, or its reading, is no longer that, the correction is out of date.
with
    corrections as (select * from {{ ref("corrections") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    cells as (select * from {{ ref("stg_reports__cells") }})

select
    corrections.document_id,
    corrections.correction_id,
    corrections.printed,
    coalesce(cells.raw_text, tables.unit_printed) as now_printed
from corrections
inner join documents on corrections.document_id = documents.document_id
left join tables on corrections.document_id = tables.document_id and corrections.table_no = tables.table_no
left join
    cells
    on corrections.document_id = cells.document_id
    and corrections.table_no = cells.table_no
    and corrections.row_no = cells.row_no
    and corrections.col_no = cells.col_no
where
    case corrections.field when 'unit' then tables.unit_printed else cells.raw_text end
    is distinct from corrections.printed
