-- Rows that print the label and all the figures of an earlier row under the same heading once more.
with
    rows as (select * from {{ ref("int_rows_parented") }}),
    cells as (select * from {{ ref("stg_reports__cells") }}),

    printed as (
        select
            document_id,
            table_no,
            row_no,
            string_agg(raw_text, '|' order by col_no) as printed_texts,
            count(printed_value) as numbers
        from cells
        group by document_id, table_no, row_no
    ),

    numbered as (
        select
            rows.document_id,
            rows.table_no,
            rows.row_no,
            min(rows.row_no) over (
                partition by
                    rows.document_id,
                    rows.table_no,
                    rows.parent_label,
                    {{ label_key("rows.row_label") }},
                    printed.printed_texts
            ) as first_row_no
        from rows
        inner join
            printed
            on rows.document_id = printed.document_id
            and rows.table_no = printed.table_no
            and rows.row_no = printed.row_no
        where printed.numbers > 0 and not rows.is_heading
    )

select document_id, table_no, row_no, first_row_no
from numbered
where row_no > first_row_no
