-- Every cell with a number or a target must be in reported_figures, whether its label is known or not.
with cells as (select * from {{ ref("int_cells_placed") }}), figures as (select * from {{ ref("reported_figures") }})

select cells.figure_id, cells.raw_text
from cells
left join figures on cells.figure_id = figures.figure_id
where
    figures.figure_id is null
    and cells.cell_kind in ('number', 'target')
    -- The year of a need and the like belong to assessments; they are in the mart assessments.
    and not (cells.value_kind = 'text' and cells.assessment_field is not null)
