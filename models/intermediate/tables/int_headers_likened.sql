-- For each header that no pattern fits, the known header that is most like it, apart from years. Only the thirty most
-- frequent known headers of each kind are tried: with all of them, the work would grow with the square of the reports.
with
    printed as (select * from {{ ref("stg_reports__columns") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),

    headers as (
        select
            printed.column_header,
            columns.is_header_mapped,
            columns.value_kind,
            {{ header_stem("printed.column_header") }} as stem
        from printed
        inner join columns on printed.table_id = columns.table_id and printed.col_no = columns.col_no
        where not columns.is_commentary
    ),

    known as (
        select stem, min(column_header) as column_header
        from headers
        where is_header_mapped
        group by stem, value_kind
        qualify row_number() over (partition by value_kind order by count(*) desc, stem) <= 30
    ),

    unknown as (select distinct column_header, stem from headers where not is_header_mapped),

    unknown_stems as (select distinct stem from unknown),

    likened as (
        select
            unknown_stems.stem, known.column_header, jaro_winkler_similarity(unknown_stems.stem, known.stem) as likeness
        from unknown_stems
        cross join known
    ),

    likest as (
        select stem, arg_min(column_header, (- likeness, column_header)) as column_header
        from likened
        where likeness > 0.8
        group by stem
    )

select unknown.column_header, likest.column_header as known_header
from unknown
inner join likest on unknown.stem = likest.stem
