-- Every printed target, once for each of its years: a target without a year applies to each year of the plan.
with
    figures as (select * from {{ ref("int_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    directions as (select * from {{ ref("int_label_directions") }}),
    goal_labels as (select * from {{ ref("int_goal_labels") }}),

    printed_targets as (
        select *, false as is_budget_in_balance
        from figures
        where value_kind in ('target', 'approved_range') and cell_kind not in ('blank', 'dash') and not is_money
        union all
        -- The indicator `Budget i balans` is its own target: no deficit. Its cells are left blank.
        select
            * replace (
                '>=' as printed_operator,
                0 as printed_target,
                subject_label as counted_text,
                'tkr' as unit,
                'higher' as better_when,
                false as is_accumulating
            ),
            true as is_budget_in_balance
        from figures
        where measure_code = 'budget_in_balance' and value_kind = 'target' and cell_kind = 'blank' and not is_money
    ),

    printed as (
        select
            figures.*,
            case
                when figures.period_basis = 'other'
                then range(cast(year(figures.period_start) as bigint), cast(year(figures.period_end) as bigint) + 1)
                else [cast(year(figures.period_end) as bigint)]
            end as target_years
        from printed_targets as figures
    ),

    -- What is better for a measure that no person has decided about: its words say, or else that a share is at most 100
    -- and a count at least 0, so that no other target can be meant.
    directed as (
        select
            printed.*,
            case
                when printed.better_when is not null
                then printed.better_when
                when directions.better_when is not null
                then directions.better_when
                when directions.is_share and 100 in (printed.printed_target, printed.range_high)
                then 'higher'
                when (directions.is_share or directions.is_count) and printed.printed_target = 0
                then 'lower'
            end as target_better_when,
            case
                when printed.is_budget_in_balance
                then 'standard_term'
                when printed.printed_operator not in ('bare', 'improve')
                then 'printed'
                when printed.better_when in ('higher', 'lower')
                then 'assumed'
                when printed.better_when is null and directions.better_when is not null
                then 'standard_term'
                when target_better_when in ('higher', 'lower')
                then 'arithmetic'
            end as operator_source
        from printed
        left join directions on printed.subject_label = directions.label
    )

select
    directed.figure_id,
    directed.document_id,
    documents.document_title,
    documents.document_kind,
    directed.municipality_code,
    directed.municipality,
    directed.committee,
    directed.information_date,
    directed.row_id,
    directed.section,
    directed.table_title,
    directed.row_label,
    goal_labels.goal_label,
    directed.value_kind as goal_kind,
    directed.measure_code,
    directed.subject_label as indicator_label,
    directed.measure_family,
    directed.activity_code,
    directed.gender,
    directed.unit,
    directed.better_when,
    directed.target_better_when,
    directed.is_accumulating,
    directed.is_mapped,
    cast(years.target_year as integer) as target_year,
    directed.is_budget_in_balance,
    nullif(directed.raw_text, '') as target_text_printed,
    directed.counted_text as target_text,
    directed.printed_operator as operator,
    directed.operator_source,
    {{ judged_operator("directed.printed_operator", "directed.target_better_when") }} as judged_operator,
    directed.printed_target as target_value,
    directed.range_low as target_low,
    directed.range_high as target_high,
    case
        when directed.period_basis = 'other'
        then make_date(cast(years.target_year as integer), 12, 31)
        else directed.period_end
    end as target_date
from directed
inner join documents on directed.document_id = documents.document_id
left join goal_labels on directed.row_id = goal_labels.row_id
cross join unnest(directed.target_years) as years(target_year)
-- A target that one document prints several times counts once.
qualify
    row_number() over (
        partition by
            directed.document_id,
            directed.value_kind,
            directed.measure_code,
            directed.activity_code,
            directed.gender,
            years.target_year
        order by directed.table_no, directed.row_no, directed.col_no
    )
    = 1
