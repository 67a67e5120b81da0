-- Footnotes that give another period than the header above the figures: `jan–juli` under a column for the whole year.
with
    tables as (select * from {{ ref("stg_reports__tables") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }} where period_end is not null),

    notes as (
        select table_id, cast(null as varchar) as row_id, table_notes as note
        from tables
        union all
        select table_id, row_id, row_notes as note
        from rows
    ),

    dated as (select *, {{ note_month("note") }} as note_month from notes where note is not null),

    contradicted as (
        select
            dated.table_id,
            dated.row_id,
            dated.note,
            dated.note_month,
            columns.col_no,
            columns.column_header,
            columns.period_end
        from dated
        inner join columns on dated.table_id = columns.table_id
        where
            columns.value_kind in ('outcome', 'forecast')
            and dated.note_month <> month(columns.period_end)
            -- A footnote that begins with the words of a header is only about that column.
            and (
                not regexp_matches(dated.note, '^\D*(utfall|prognos|budget|mål)\b', 'i')
                or strpos(lower(dated.note), lower(columns.column_header)) > 0
            )
        qualify
            row_number() over (
                partition by dated.table_id, dated.row_id order by columns.period_end desc, columns.col_no
            )
            = 1
    )

select
    'period_contradicts_the_note' as rule,
    contradicted.table_id,
    contradicted.row_id,
    contradicted.col_no,
    contradicted.column_header as printed_text,
    contradicted.note as detail,
    bool_or(coalesce(month(place_overrides.period_end) = contradicted.note_month, false)) as is_answered
from contradicted
left join
    place_overrides
    on contradicted.table_id = place_overrides.table_id
    and coalesce(place_overrides.row_id, contradicted.row_id, '')
    = coalesce(contradicted.row_id, place_overrides.row_id, '')
    and coalesce(place_overrides.col_no, contradicted.col_no) = contradicted.col_no
group by all
