-- What could not be interpreted: cells that are neither a number nor a target, and labels and KPIs that no seed knows,
-- each label with the known label that is most similar.
with
    figures as (select * from {{ ref("int_figures") }}),
    line_labels as (select * from {{ ref("budget_line_labels") }}),
    unmapped as (select * from {{ ref("int_unmapped_rows") }}),
    suggestions as (select * from {{ ref("int_label_suggestions") }}),
    key_figures as (select * from {{ ref("key_figures") }}),
    units_given as (
        select distinct table_id from {{ ref("stg_seeds__place_overrides") }} where unit is not null and row_id is null
    ),

    untyped_cells as (
        select *
        from figures
        where
            assessment_field is null
            and (
                (
                    value_kind not in ('text', 'mark', 'target', 'approved_range')
                    and cell_kind in ('text', 'mark', 'target')
                )
                or (value_kind in ('target', 'approved_range') and cell_kind in ('text', 'mark'))
            )
    ),

    unmapped_rows as (
        select distinct on (row_id) *
        from figures
        where
            not is_mapped
            and cell_kind <> 'blank'
            and (assessment_kind is null or assessment_kind = 'core_mission')
            and value_kind <> 'text'
        order by row_id, col_no
    ),

    likest_labels as (
        select
            unmapped.row_id,
            arg_min(
                suggestions.known_label, (suggestions.suggestion_no, unmapped.label_kind, unmapped.label_key)
            ) as known_label
        from unmapped
        inner join
            suggestions
            on unmapped.label_kind = suggestions.label_kind
            and unmapped.label_key = suggestions.label_key
            and unmapped.unit is not distinct from suggestions.unit
        group by unmapped.row_id
    ),

    -- Without a printed unit, whether a budget is in tkr, in mnkr or of something else can only be assumed.
    kinds_of_tables as (
        select
            table_id,
            bool_or(value_kind in ('budget', 'period_budget')) as has_budget,
            bool_or(value_kind in ('outcome', 'forecast')) as has_outcome,
            bool_or(value_kind = 'deviation') as has_deviation
        from figures
        where cell_kind = 'number' and not coalesce(has_percent_sign, false)
        group by table_id
    ),

    unstated_units as (
        select distinct
            on (figures.table_id)
            figures.table_id,
            figures.row_id,
            figures.row_label,
            figures.figure_id,
            case when figures.is_money then figures.table_unit end as assumed_unit
        from figures
        inner join kinds_of_tables on figures.table_id = kinds_of_tables.table_id
        left join units_given on figures.table_id = units_given.table_id
        left join line_labels on {{ label_key("figures.row_label") }} = {{ label_key("line_labels.label") }}
        where
            coalesce(figures.unit_printed, '') = ''
            and units_given.table_id is null
            and figures.cell_kind = 'number'
            and not coalesce(figures.has_percent_sign, false)
            and (
                (kinds_of_tables.has_budget and kinds_of_tables.has_outcome and kinds_of_tables.has_deviation)
                or (
                    not figures.is_money
                    and figures.value_kind in ('budget', 'period_budget', 'outcome', 'forecast')
                    and line_labels.label is not null
                    and line_labels.municipality_code is null
                    and line_labels.title_pattern is null
                )
            )
        order by figures.table_id, figures.row_no, figures.col_no
    )

select
    'cell_could_not_be_typed' as rule,
    table_id,
    row_id,
    col_no,
    raw_text as printed_text,
    cast(null as varchar) as detail,
    figure_id
from untyped_cells
union all
select
    case when unmapped_rows.is_money then 'line_label_not_mapped' else 'measure_label_not_mapped' end as rule,
    unmapped_rows.table_id,
    unmapped_rows.row_id,
    cast(null as integer) as col_no,
    unmapped_rows.row_label as printed_text,
    likest_labels.known_label as detail,
    unmapped_rows.figure_id
from unmapped_rows
left join likest_labels on unmapped_rows.row_id = likest_labels.row_id
union all
select
    'unit_not_stated' as rule,
    table_id,
    row_id,
    cast(null as integer) as col_no,
    row_label as printed_text,
    assumed_unit as detail,
    figure_id
from unstated_units
union all
select
    'kpi_not_mapped' as rule,
    cast(null as varchar) as table_id,
    cast(null as varchar) as row_id,
    cast(null as integer) as col_no,
    kpi_id as printed_text,
    min(file_name) as detail,
    cast(null as varchar) as figure_id
from key_figures
where not is_mapped
group by kpi_id
