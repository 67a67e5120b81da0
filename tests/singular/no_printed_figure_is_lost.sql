-- Every cell in which a number or a target was read must stand in reported_figures, known label or not.
with cells as (select * from {{ ref("int_cells_placed") }}), figures as (select * from {{ ref("reported_figures") }})

select cells.figure_id, cells.raw_text
from cells
left join figures on cells.figure_id = figures.figure_id
where
    figures.figure_id is null
    and cells.cell_kind in ('number', 'target')
    -- The year of a need and the like are words of an assessment; they stand in the mart assessments.
    and not (cells.value_kind = 'text' and cells.assessment_field is not null)
