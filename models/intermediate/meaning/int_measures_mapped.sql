-- The measure, activity and gender of each cell in tables without money. The row names the measure, unless the header
-- does (complaints by unit); then the row names the activity.
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
            table_unit,
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

    -- Each label is matched once, no matter how many cells it belongs to.
    measures_printed as (
        select distinct
            municipality_code,
            table_title,
            measure_label,
            {{ label_key("measure_label") }} as label_key,
            {{ measure_key("measure_label") }} as measure_key,
            {{ stated_unit("measure_label") }} as stated_unit
        from measure_cells
    ),

    known_labels as (
        select
            labels.*,
            {{ label_key("labels.label") }} as label_key,
            {{ measure_key("labels.label") }} as measure_key,
            measures.unit
        from labels
        inner join measures on labels.measure_code = measures.measure_code
    ),

    mapped as (
        select
            measures_printed.municipality_code,
            measures_printed.table_title,
            measures_printed.measure_label,
            known_labels.measure_code,
            known_labels.activity_code,
            known_labels.gender
        from measures_printed
        inner join
            known_labels
            on measures_printed.measure_key = known_labels.measure_key
            and {{ any_or("known_labels.municipality_code", "measures_printed.municipality_code") }}
            and {{ fits("known_labels.title_pattern", "measures_printed.table_title") }}
        where
            measures_printed.label_key = known_labels.label_key
            -- A share and a number of the same thing are different measures.
            or measures_printed.stated_unit is null
            or (measures_printed.stated_unit = 'percent') = (known_labels.unit = 'percent')
        qualify
            row_number() over (
                partition by
                    measures_printed.municipality_code, measures_printed.table_title, measures_printed.measure_label
                order by
                    known_labels.title_pattern is null,
                    known_labels.municipality_code is null,
                    measures_printed.label_key <> known_labels.label_key,
                    known_labels.title_pattern,
                    known_labels.label
            )
            = 1
    ),

    activities_printed as (
        select distinct municipality_code, row_is_activity, row_label, {{ label_key("row_label") }} as label_key
        from measure_cells
        where row_is_activity
    ),

    row_activities as (
        select
            activities_printed.municipality_code,
            activities_printed.row_is_activity,
            activities_printed.row_label,
            activity_labels.activity_code
        from activities_printed
        inner join
            activity_labels
            on {{ label_key("activity_labels.label") }} = activities_printed.label_key
            and {{ any_or("activity_labels.municipality_code", "activities_printed.municipality_code") }}
        qualify
            row_number() over (
                partition by activities_printed.municipality_code, activities_printed.row_label
                order by activity_labels.municipality_code is null, activity_labels.label
            )
            = 1
    ),

    guessed_units as (
        select labels_printed.measure_label, min_by(unit_patterns.unit, unit_patterns.priority) as unit
        from (select distinct measure_label from measure_cells) as labels_printed
        inner join unit_patterns on regexp_matches(lower(labels_printed.measure_label), unit_patterns.label_pattern)
        group by labels_printed.measure_label
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
            coalesce(
                guessed_units.unit,
                -- A table of shares has them in all rows that don't name another unit.
                case
                    when
                        measure_cells.table_unit = 'percent'
                        or {{ stated_unit("measure_cells.table_title") }} = 'percent'
                    then 'percent'
                end
            ) as guessed_unit
        from measure_cells
        left join
            mapped
            on measure_cells.municipality_code = mapped.municipality_code
            and measure_cells.table_title is not distinct from mapped.table_title
            and measure_cells.measure_label = mapped.measure_label
        left join
            row_activities
            on measure_cells.municipality_code = row_activities.municipality_code
            and measure_cells.row_is_activity = row_activities.row_is_activity
            and measure_cells.row_label = row_activities.row_label
        left join guessed_units on measure_cells.measure_label = guessed_units.measure_label
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
