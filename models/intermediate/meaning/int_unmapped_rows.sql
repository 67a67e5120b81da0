-- The printed rows with a label that no seed knows: of a budget line, of a measure, or of an activity.
with
    figures as (
        select *
        from {{ ref("int_figures") }}
        where
            not is_mapped
            and cell_kind <> 'blank'
            and value_kind <> 'text'
            and (assessment_kind is null or assessment_kind = 'core_mission')
    ),

    labels as (
        select 'budget_line' as label_kind, subject_row_label as label, cast(null as varchar) as label_unit, figures.*
        from figures
        where is_money
        union all
        select 'measure', subject_label, unit, figures.*
        from figures
        where not is_money and starts_with(measure_code, 'unmapped_')
        union all
        select 'activity', row_label, null, figures.*
        from figures
        where not is_money and starts_with(activity_code, 'unmapped_')
    )

select distinct
    row_id,
    label_kind,
    label,
    {{ compared_label("label_kind", "label") }} as label_key,
    label_unit as unit,
    document_id,
    table_no,
    row_no,
    municipality,
    table_title,
    parent_label
from labels
where trim(label) <> ''
