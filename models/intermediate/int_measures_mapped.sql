-- Which measure, activity and gender each cell of a table without money is about. The measure is the row's, or the
-- column's where the header names it (complaints by unit); then the row names the activity.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    labels as (select * from {{ ref("measure_labels") }}),
    measures as (select * from {{ ref("measure_definitions") }}),
    activity_labels as (select * from {{ ref("activity_labels") }}),
    unit_patterns as (select * from {{ ref("unit_patterns") }}),

    measure_cells as (
        select
            figure_id,
            municipality_code,
            committee,
            table_title,
            row_label,
            parent_label,
            place_activity_code,
            assessment_kind,
            assessment_field,
            printed_gender,
            header_is_measure or coalesce(assessment_kind = 'core_mission', false) as row_is_activity,
            case
                when assessment_kind = 'core_mission'
                then table_title
                when header_is_measure
                then column_header
                when is_part_of_row_above
                then parent_label
                else row_label
            end as measure_label
        from placed
        where not is_money
    ),

    mapped as (
        select measure_cells.figure_id, labels.measure_code, labels.activity_code, labels.gender
        from measure_cells
        inner join
            labels
            on {{ label_key("labels.label") }} = {{ label_key("measure_cells.measure_label") }}
            and {{ any_or("labels.municipality_code", "measure_cells.municipality_code") }}
            and {{ fits("labels.title_pattern", "measure_cells.table_title") }}
        qualify
            row_number() over (
                partition by measure_cells.figure_id
                order by labels.title_pattern is null, labels.municipality_code is null
            )
            = 1
    ),

    row_activities as (
        select measure_cells.figure_id, activity_labels.activity_code
        from measure_cells
        inner join
            activity_labels
            on {{ label_key("activity_labels.label") }} = {{ label_key("measure_cells.row_label") }}
            and {{ any_or("activity_labels.municipality_code", "measure_cells.municipality_code") }}
        where measure_cells.row_is_activity
        qualify
            row_number() over (partition by measure_cells.figure_id order by activity_labels.municipality_code is null)
            = 1
    ),

    guessed_units as (
        select measure_cells.figure_id, min_by(unit_patterns.unit, unit_patterns.priority) as unit
        from measure_cells
        inner join unit_patterns on regexp_matches(lower(measure_cells.measure_label), unit_patterns.label_pattern)
        group by measure_cells.figure_id
    ),

    coded as (
        select
            measure_cells.figure_id,
            measure_cells.measure_label as printed_measure_label,
            case
                when measure_cells.assessment_kind = 'core_mission'
                then 'core_mission_fulfilled'
                when measure_cells.assessment_field in ('risk_value', 'priority')
                then measure_cells.assessment_field
                else
                    coalesce(
                        mapped.measure_code,
                        {{
                            unmapped_code(
                                "measure_cells.municipality_code",
                                "measure_cells.committee",
                                "measure_cells.parent_label",
                                "measure_cells.measure_label",
                            )
                        }}
                    )
            end as measure_code,
            coalesce(
                measure_cells.place_activity_code,
                row_activities.activity_code,
                case
                    when measure_cells.row_is_activity
                    then
                        {{
                            unmapped_code(
                                "measure_cells.municipality_code",
                                "measure_cells.committee",
                                "null",
                                "measure_cells.row_label",
                            )
                        }}
                end,
                mapped.activity_code,
                'total'
            ) as activity_code,
            case
                when measure_cells.printed_gender <> 'T'
                then measure_cells.printed_gender
                else coalesce(mapped.gender, 'T')
            end as gender,
            (
                mapped.measure_code is not null
                or coalesce(measure_cells.assessment_kind = 'core_mission', false)
                or coalesce(measure_cells.assessment_field in ('risk_value', 'priority'), false)
            )
            and (not measure_cells.row_is_activity or row_activities.activity_code is not null) as is_mapped,
            guessed_units.unit as guessed_unit
        from measure_cells
        left join mapped on measure_cells.figure_id = mapped.figure_id
        left join row_activities on measure_cells.figure_id = row_activities.figure_id
        left join guessed_units on measure_cells.figure_id = guessed_units.figure_id
    )

select
    coded.figure_id,
    coded.measure_code,
    coalesce(measures.measure_label, coded.printed_measure_label) as measure_label,
    coalesce(measures.measure_family, coded.measure_code) as measure_family,
    coded.activity_code,
    coded.gender,
    coded.is_mapped,
    coalesce(measures.unit, coded.guessed_unit, 'number') as unit,
    measures.better_when,
    measures.is_accumulating
from coded
left join measures on coded.measure_code = measures.measure_code
