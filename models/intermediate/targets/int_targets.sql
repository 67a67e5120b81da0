-- Every printed target, once for each of its years: a target without a year applies to each year of the plan.
with
    figures as (select * from {{ ref("int_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),

    printed as (
        select
            figures.*,
            case
                when figures.period_basis = 'other'
                then range(cast(year(figures.period_start) as bigint), cast(year(figures.period_end) as bigint) + 1)
                else [cast(year(figures.period_end) as bigint)]
            end as target_years
        from figures
        where
            figures.value_kind in ('target', 'approved_range')
            and figures.cell_kind not in ('blank', 'dash')
            and not figures.is_money
    )

select
    printed.figure_id,
    printed.document_id,
    documents.document_title,
    documents.document_kind,
    printed.municipality_code,
    printed.municipality,
    printed.committee,
    printed.information_date,
    printed.row_id,
    printed.section,
    printed.table_title,
    printed.row_label,
    case
        when printed.table_title in ('{{ var("titles_that_name_no_goal") | join("', '") }}')
        then printed.section
        else printed.table_title
    end as goal_label,
    printed.value_kind as goal_kind,
    printed.measure_code,
    printed.subject_label as indicator_label,
    printed.measure_family,
    printed.activity_code,
    printed.gender,
    printed.unit,
    printed.better_when,
    printed.is_accumulating,
    printed.is_mapped,
    cast(years.target_year as integer) as target_year,
    printed.raw_text as target_text_printed,
    printed.counted_text as target_text,
    printed.printed_operator as operator,
    {{ judged_operator("printed.printed_operator", "printed.better_when") }} as judged_operator,
    printed.printed_target as target_value,
    printed.range_low as target_low,
    printed.range_high as target_high,
    case
        when printed.period_basis = 'other'
        then make_date(cast(years.target_year as integer), 12, 31)
        else printed.period_end
    end as target_date
from printed
inner join documents on printed.document_id = documents.document_id
cross join unnest(printed.target_years) as years(target_year)
-- A target that one document prints several times counts once.
qualify
    row_number() over (
        partition by
            printed.document_id,
            printed.value_kind,
            printed.measure_code,
            printed.activity_code,
            printed.gender,
            years.target_year
        order by printed.table_no, printed.row_no, printed.col_no
    )
    = 1
