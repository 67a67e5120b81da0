-- Lines that a newer printing of their list no longer has, although its parts do not add up to its total, so that it
-- can't be said that the line is gone.
with
    missing_lines as (select * from {{ ref("int_retired_lines") }} where not is_retired),
    figures as (select * from {{ ref("int_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }})

select
    'line_missing_in_newer_list' as rule,
    figures.table_id,
    figures.row_id,
    figures.col_no,
    figures.row_label as printed_text,
    figures.amount_tkr as printed_value,
    documents.document_title as detail,
    figures.figure_id,
    missing_lines.newer_document_id as other_document_id
from missing_lines
inner join figures on missing_lines.figure_id = figures.figure_id
inner join documents on missing_lines.newer_document_id = documents.document_id
