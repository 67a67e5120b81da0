-- The notes of rows and tables, apart, with the column that each is about: a note that begins with the header of a
-- column
-- (`Utfall 2023: prognos`, `6: Utfall 2023: nytt mått`) is about that column alone.
with
    rows as (select * from {{ ref("stg_reports__rows") }} where row_notes is not null),
    tables as (select * from {{ ref("stg_reports__tables") }} where table_notes is not null),
    columns as (select * from {{ ref("stg_reports__columns") }}),

    printed as (
        select table_id, row_id, row_notes as notes
        from rows
        union all
        select table_id, cast(null as varchar) as row_id, table_notes as notes
        from tables
    ),

    pieces as (
        select
            table_id,
            row_id,
            unnest(string_split(notes, '; ')) as piece,
            generate_subscripts(string_split(notes, '; '), 1) as piece_no
        from printed
    ),

    addressed as (
        select
            pieces.table_id,
            pieces.row_id,
            pieces.piece_no,
            pieces.piece,
            list(columns.col_no order by columns.col_no) filter (where columns.col_no is not null) as col_nos
        from pieces
        left join
            columns
            on pieces.table_id = columns.table_id
            and {{ label_key("regexp_extract(pieces.piece, '^(?:(?:\d{1,2}|[a-f]|\*{1,3}): )?(.+?): ', 1)") }}
            = {{ label_key("columns.column_header") }}
            and columns.column_header <> ''
        group by pieces.table_id, pieces.row_id, pieces.piece_no, pieces.piece
    ),

    -- A piece without a mark or a header of its own goes on with the note before it.
    numbered as (
        select
            *,
            sum(
                cast(
                    piece_no = 1
                    or col_nos is not null
                    or regexp_matches(piece, '^(?:\d{1,2}|[a-f]|\*{1,3}):') as integer
                )
            ) over (partition by table_id, row_id order by piece_no) as note_no
        from addressed
    ),

    joined as (
        select
            table_id,
            row_id,
            cast(note_no as integer) as note_no,
            string_agg(piece, '; ' order by piece_no) as note,
            arg_min(col_nos, piece_no) filter (where col_nos is not null) as col_nos
        from numbered
        group by table_id, row_id, note_no
    )

select table_id, row_id, note_no, note, unnest(coalesce(col_nos, [cast(null as integer)])) as col_no
from joined
