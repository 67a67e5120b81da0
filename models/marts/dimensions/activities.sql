with
    definitions as (select * from {{ ref("activity_definitions") }}),
    figures as (select * from {{ ref("int_figures") }} where {{ holds_a_figure() }}),

    used as (
        select
            activity_code,
            -- An activity that its table names, and not its rows, has the table's name.
            coalesce({{ first_printed("activity_name") }}, {{ first_printed("row_label") }}) as printed_label,
            count(*) as figure_count
        from figures
        group by activity_code
    )

select
    coalesce(definitions.activity_code, used.activity_code) as activity_code,
    coalesce(definitions.activity_label, used.printed_label) as activity_label,
    definitions.parent_activity_code,
    definitions.rs_code,
    definitions.rs_label,
    definitions.activity_code is not null as is_mapped,
    cast(coalesce(used.figure_count, 0) as integer) as figure_count
from definitions
full outer join used on definitions.activity_code = used.activity_code
