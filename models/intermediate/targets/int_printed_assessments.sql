-- The report's own assessment of a row (Måluppfyllelse, Bedömning), where it is a printed word and not only a colour.
with figures as (select * from {{ ref("int_figures") }}), mark_statuses as (select * from {{ ref("mark_statuses") }})

select
    figures.row_id,
    figures.counted_text as printed_assessment,
    mark_statuses.scale as printed_scale,
    mark_statuses.scale_position,
    mark_statuses.scale_steps,
    mark_statuses.status as printed_status
from figures
left join mark_statuses on {{ label_key("figures.counted_text") }} = {{ label_key("mark_statuses.printed_word") }}
where figures.assessment_field = 'printed_status' and figures.cell_kind = 'text'
qualify row_number() over (partition by figures.row_id order by figures.col_no, mark_statuses.scale) = 1
