-- Footnotes that give another period than the header above the figures: `jan–juli` under a column for the whole year.
with
    notes as (select *, {{ note_month("note") }} as note_month from {{ ref("int_notes_addressed") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }} where period_end is not null),

    contradicted as (
        select
            notes.table_id,
            notes.row_id,
            notes.note,
            notes.note_month,
            columns.col_no,
            columns.column_header,
            columns.period_end
        from notes
        inner join
            columns on notes.table_id = columns.table_id and coalesce(notes.col_no, columns.col_no) = columns.col_no
        where
            columns.value_kind in ('outcome', 'forecast')
            and notes.note_month <> month(columns.period_end)
            -- A note about a column that the table does not have says nothing of the others.
            and (notes.col_no is not null or not regexp_matches(notes.note, '^\D*(utfall|prognos|budget|mål)\b', 'i'))
        qualify
            row_number() over (
                partition by notes.table_id, notes.row_id order by columns.period_end desc, columns.col_no
            )
            = 1
    ),

    answered as (
        select distinct contradicted.table_id, contradicted.row_id, true as is_answered
        from contradicted
        inner join place_overrides on contradicted.table_id = place_overrides.table_id
        where
            coalesce(place_overrides.row_id = contradicted.row_id, true)
            and coalesce(place_overrides.col_no = contradicted.col_no, true)
            and month(place_overrides.period_end) = contradicted.note_month
    )

select
    'period_contradicts_the_note' as rule,
    contradicted.table_id,
    contradicted.row_id,
    contradicted.col_no,
    contradicted.column_header as printed_text,
    contradicted.note as detail,
    coalesce(answered.is_answered, false) as is_answered
from contradicted
left join
    answered on contradicted.table_id = answered.table_id and contradicted.row_id is not distinct from answered.row_id
