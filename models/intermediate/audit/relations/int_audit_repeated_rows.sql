-- Rows that repeat the label and all figures of an earlier row under the same heading.
with
    rows as (select * from {{ ref("int_rows_parented") }}),
    cells as (select * from {{ ref("stg_reports__cells") }}),

    printed as (
        select row_id, string_agg(raw_text, '|' order by col_no) as printed_texts, count(printed_value) as numbers
        from cells
        group by row_id
    ),

    numbered as (
        select
            rows.row_id,
            rows.row_no,
            min(rows.row_no) over (
                partition by rows.table_id, rows.parent_label, {{ label_key("rows.row_label") }}, printed.printed_texts
            ) as first_row_no
        from rows
        inner join printed on rows.row_id = printed.row_id
        where printed.numbers > 0 and not rows.is_heading
    )

select row_id, first_row_no
from numbered
where row_no > first_row_no
