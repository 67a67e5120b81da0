-- A place override of a loaded document that names a table, row or column that isn't there would silently do nothing.
with
    place_overrides as (select * from {{ ref("place_overrides") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    cells as (select * from {{ ref("stg_reports__cells") }})

select place_overrides.document_id, place_overrides.table_no, place_overrides.row_no, place_overrides.col_no
from place_overrides
inner join documents on place_overrides.document_id = documents.document_id
where
    not exists (
        select 1
        from cells
        where
            cells.document_id = place_overrides.document_id
            and cells.table_no = place_overrides.table_no
            and cells.row_no = coalesce(place_overrides.row_no, cells.row_no)
            and cells.col_no = coalesce(place_overrides.col_no, cells.col_no)
    )
