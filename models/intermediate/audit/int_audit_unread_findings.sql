-- What nobody could place: cells that are neither number nor target, and labels and key figures that no seed
-- knows, each label with the known one that it is most like.
with
    figures as (select * from {{ ref("int_figures") }}),
    line_labels as (select * from {{ ref("budget_line_labels") }}),
    measure_labels as (select * from {{ ref("measure_labels") }}),
    key_figures as (select * from {{ ref("key_figures") }}),

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
        select distinct on (document_id, table_no, row_no) *
        from figures
        where
            not is_mapped
            and cell_kind <> 'blank'
            and (assessment_kind is null or assessment_kind = 'core_mission')
            and value_kind <> 'text'
        order by document_id, table_no, row_no, col_no
    ),

    known_labels as (
        select distinct label, true as is_money
        from line_labels
        union all
        select distinct label, false as is_money
        from measure_labels
    ),

    likest_labels as (
        select
            unmapped_rows.figure_id,
            arg_max(known_labels.label, {{ likeness("unmapped_rows.row_label", "known_labels.label") }}) as label
        from unmapped_rows
        inner join
            known_labels
            on unmapped_rows.is_money = known_labels.is_money
            and {{ likeness("unmapped_rows.row_label", "known_labels.label") }} > 0.85
        group by unmapped_rows.figure_id
    )

select
    'cell_could_not_be_typed' as rule,
    document_id,
    table_no,
    row_no,
    col_no,
    raw_text as printed_text,
    cast(null as varchar) as detail,
    figure_id
from untyped_cells
union all
select
    case when unmapped_rows.is_money then 'line_label_not_mapped' else 'measure_label_not_mapped' end as rule,
    unmapped_rows.document_id,
    unmapped_rows.table_no,
    unmapped_rows.row_no,
    cast(null as integer) as col_no,
    unmapped_rows.row_label as printed_text,
    likest_labels.label as detail,
    unmapped_rows.figure_id
from unmapped_rows
left join likest_labels on unmapped_rows.figure_id = likest_labels.figure_id
union all
select
    'kpi_not_mapped' as rule,
    cast(null as varchar) as document_id,
    cast(null as integer) as table_no,
    cast(null as integer) as row_no,
    cast(null as integer) as col_no,
    kpi_id as printed_text,
    min(file_name) as detail,
    cast(null as varchar) as figure_id
from key_figures
where not is_mapped
group by kpi_id
