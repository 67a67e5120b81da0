-- A correction says what is printed. If that no longer agrees with the cell, the correction is out of date.
with
    corrections as (select * from {{ ref("stg_seeds__corrections") }}),
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
left join tables on corrections.table_id = tables.table_id
left join cells on corrections.figure_id = cells.figure_id
where
    case corrections.field when 'unit' then tables.unit_printed else cells.raw_text end
    is distinct from corrections.printed
