-- What a person has settled in place_overrides.csv, because the print says something else or nothing: one finding for
-- each
-- row or table and reason.
with
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    note_findings as (
        select *, 'period_settled_by_hand' as answering_rule from {{ ref("int_audit_note_findings") }} where is_answered
    ),

    -- A period or kind that the header already says mends nothing.
    settled as (
        select
            place_overrides.table_id,
            place_overrides.row_id,
            place_overrides.col_no,
            place_overrides.reason,
            case
                when place_overrides.unit is not null
                then 'unit_settled_by_hand'
                when place_overrides.value_kind is not null or place_overrides.period_end is not null
                then 'period_settled_by_hand'
                else 'activity_settled_by_hand'
            end as rule,
            coalesce(columns.column_header, tables.table_title) as printed_text
        from place_overrides
        inner join tables on place_overrides.table_id = tables.table_id
        left join columns on place_overrides.table_id = columns.table_id and place_overrides.col_no = columns.col_no
        where
            place_overrides.unit is not null
            or place_overrides.activity_code is not null
            or columns.col_no is null
            or place_overrides.value_kind is distinct from columns.value_kind
            or (
                place_overrides.period_end is not null
                and (place_overrides.period_start, place_overrides.period_end, place_overrides.period_basis)
                is distinct from (columns.period_start, columns.period_end, columns.period_basis)
            )
    )

select
    settled.rule,
    settled.table_id,
    settled.row_id,
    min(settled.col_no) as col_no,
    string_agg(distinct settled.printed_text, ' / ' order by settled.printed_text) as printed_text,
    settled.reason as detail,
    true as is_answered
from settled
-- A note that contradicts the header is a finding already.
left join note_findings on settled.table_id = note_findings.table_id and settled.rule = note_findings.answering_rule
group by settled.rule, settled.table_id, settled.row_id, settled.reason
having
    not coalesce(
        bool_or(settled.col_no = note_findings.col_no and settled.row_id is not distinct from note_findings.row_id),
        false
    )
