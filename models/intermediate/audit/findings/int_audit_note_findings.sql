-- Footnotes that give another period than the header above the figures: `jan–juli` under a column of the whole
-- year.
with
    tables as (select * from {{ ref("stg_reports__tables") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    place_overrides as (select * from {{ ref("place_overrides") }} where period_end is not null),

    notes as (
        select document_id, table_no, cast(null as integer) as row_no, table_notes as note
        from tables
        union all
        select document_id, table_no, row_no, row_notes as note
        from rows
    ),

    dated as (select *, {{ note_month("note") }} as note_month from notes where note is not null),

    contradicted as (
        select
            dated.document_id,
            dated.table_no,
            dated.row_no,
            dated.note,
            dated.note_month,
            columns.col_no,
            columns.column_header,
            columns.period_end
        from dated
        inner join columns on dated.document_id = columns.document_id and dated.table_no = columns.table_no
        where
            columns.value_kind in ('outcome', 'forecast')
            and dated.note_month <> month(columns.period_end)
            -- A note that begins with a header's words is about that column alone.
            and (
                not regexp_matches(dated.note, '^\D*(utfall|prognos|budget|mål)\b', 'i')
                or strpos(lower(dated.note), lower(columns.column_header)) > 0
            )
        qualify
            row_number() over (
                partition by dated.document_id, dated.table_no, dated.row_no
                order by columns.period_end desc, columns.col_no
            )
            = 1
    )

select
    'period_contradicts_the_note' as rule,
    contradicted.document_id,
    contradicted.table_no,
    contradicted.row_no,
    contradicted.col_no,
    contradicted.column_header as printed_text,
    contradicted.note as detail,
    bool_or(coalesce(month(place_overrides.period_end) = contradicted.note_month, false)) as is_answered
from contradicted
left join
    place_overrides
    on contradicted.document_id = place_overrides.document_id
    and contradicted.table_no = place_overrides.table_no
    and coalesce(place_overrides.row_no, contradicted.row_no, 0)
    = coalesce(contradicted.row_no, place_overrides.row_no, 0)
    and coalesce(place_overrides.col_no, contradicted.col_no) = contradicted.col_no
group by all
