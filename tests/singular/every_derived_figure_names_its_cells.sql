-- Derived figures are computed from printed cells and list all of them.
with
    figures as (select * from {{ ref("reported_figures") }}),

    derived as (
        {% for mart, printed in [
            ("series", ["figure_id"]),
            ("budget_deviations", ["budget_figure_id", "compared_figure_id"]),
            ("year_over_year_changes", ["figure_id", "previous_figure_id"]),
            ("forecast_accuracy", ["forecast_figure_id", "outcome_figure_id"]),
            ("municipality_comparisons", ["figure_id"]),
        ] %}
            select '{{ mart }}' as mart, input_figure_ids
            from {{ ref(mart) }}
            where {{ printed | join(" is null or ") }} is null {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    cells as (select mart, input_figure_ids, unnest(input_figure_ids) as figure_id from derived)

select mart, input_figure_ids, 'no cell' as fault
from derived
where coalesce(len(input_figure_ids), 0) = 0

union all

select cells.mart, cells.input_figure_ids, 'an unknown cell' as fault
from cells
left join figures on cells.figure_id = figures.figure_id
where figures.figure_id is null
