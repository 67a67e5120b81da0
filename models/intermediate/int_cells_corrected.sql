with
    cells as (select * from {{ ref("stg_reports__cells") }}),
    corrections as (select * from {{ ref("corrections") }}),

    corrected as (
        select
            cells.document_id,
            cells.table_no,
            cells.row_no,
            cells.col_no,
            cells.cell_ref,
            cells.raw_text,
            cells.is_edited_by_hand,
            corrections.correction_id,
            corrections.reason as correction_reason,
            coalesce(corrections.corrected, cells.raw_text) as counted_text
        from cells
        left join
            corrections
            on cells.document_id = corrections.document_id
            and cells.table_no = corrections.table_no
            and cells.row_no = corrections.row_no
            and cells.col_no = corrections.col_no
            and corrections.field = 'cell'
            and corrections.printed = cells.raw_text
    )

select *, {{ typed_cell("counted_text") }}
from corrected
