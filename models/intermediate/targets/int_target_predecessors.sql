-- The earlier outcome that belongs to each target: printed in its own row, otherwise that of the year before in the
-- series.
with
    targets as (select * from {{ ref("int_targets") }}),
    figures as (select * from {{ ref("int_figures") }}),
    series as (select * from {{ ref("series") }} where subject_kind = 'measure' and value_kind = 'outcome'),

    candidates as (
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            figures.value,
            figures.period_end,
            figures.figure_id,
            1 as preference
        from targets
        inner join
            figures
            on targets.row_id = figures.row_id
            and figures.value_kind = 'outcome'
            and year(figures.period_end) = targets.target_year - 1
        where figures.value is not null
        union all
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            series.value,
            series.period_end,
            series.figure_id,
            2 as preference
        from targets
        inner join
            series
            on targets.municipality_code = series.municipality_code
            and targets.committee = series.committee
            and targets.measure_code = series.subject_code
            and targets.activity_code = series.activity_code
            and targets.gender = series.gender
            and series.fiscal_year = targets.target_year - 1
            and series.period_basis = 'full_year'
    )

select target_figure_id, target_year, value as previous_value
from candidates
qualify
    row_number() over (partition by target_figure_id, target_year order by preference, period_end desc, figure_id) = 1
