with
    cells as (select * from {{ ref("stg_reports__cells") }}),
    corrections as (select * from {{ ref("stg_seeds__corrections") }} where field = 'cell'),

    corrected as (
        select cells.*, corrections.correction_id, corrections.reason as correction_reason, corrections.corrected
        from cells
        left join corrections on cells.figure_id = corrections.figure_id and cells.raw_text = corrections.printed
    )

    {%- set place -%}
    figure_id, row_id, table_id, document_id, table_no, row_no, col_no, cell_ref, raw_text, is_edited_by_hand, correction_id, correction_reason
    {%- endset %}

select {{ place }}, corrected as counted_text, {{ typed_cell("corrected") }}
from corrected
where correction_id is not null
union all
select
    {{ place }},
    raw_text as counted_text,
    cell_kind,
    printed_value,
    printed_decimals,
    has_percent_sign,
    printed_operator,
    printed_target,
    range_low,
    range_high
from corrected
where correction_id is null
