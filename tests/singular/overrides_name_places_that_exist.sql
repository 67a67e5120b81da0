-- A place override for a table, row or column that the loaded document does not have would silently do nothing.
with
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    cells as (select * from {{ ref("stg_reports__cells") }})

select place_overrides.document_id, place_overrides.table_id, place_overrides.row_id, place_overrides.col_no
from place_overrides
inner join documents on place_overrides.document_id = documents.document_id
where
    not exists (
        select 1
        from cells
        where
            cells.table_id = place_overrides.table_id
            and cells.row_id = coalesce(place_overrides.row_id, cells.row_id)
            and cells.col_no = coalesce(place_overrides.col_no, cells.col_no)
    )
