with
    definitions as (select * from {{ ref("budget_line_definitions") }}),
    figures as (select * from {{ ref("int_figures") }} where {{ holds_a_figure() }}),

    used as (
        select line_code, {{ first_printed("row_label") }} as row_label, count(*) as figure_count
        from figures
        where line_code is not null
        group by line_code
    )

select
    coalesce(definitions.line_code, used.line_code) as line_code,
    coalesce(definitions.line_label, used.row_label) as line_label,
    definitions.cost_type_code,
    {{ wording_sv("'cost_type'", "definitions.cost_type_code") }} as cost_type_sv,
    definitions.line_code is not null as is_mapped,
    cast(coalesce(used.figure_count, 0) as integer) as figure_count
from definitions
full outer join used on definitions.line_code = used.line_code
