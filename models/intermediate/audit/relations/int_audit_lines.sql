-- The numbers of each table both by row and by column, so that one rule finds the sums of both.
with
    cells as (
        select *
        from {{ ref("int_audit_cells") }}
        where not {{ names_mean("column_header") }} and not {{ names_mean("row_label") }}
    ),
    rows as (select * from {{ ref("int_rows_parented") }}),

    laid as (
        select
            'rows' as axis,
            table_id,
            row_no as line_no,
            col_no as across,
            figure_id,
            value,
            precision,
            rounding,
            is_money,
            is_total_row as is_total,
            is_of_which,
            is_income,
            value_kind in ('deviation', 'change') as is_difference
        from cells
        where
            value_kind not in ('target', 'approved_range') and (not is_percent or {{ is_share_label("column_header") }})
        union all
        select
            'columns' as axis,
            table_id,
            col_no as line_no,
            row_no as across,
            figure_id,
            value,
            precision,
            rounding,
            is_money,
            is_total_column as is_total,
            false as is_of_which,
            is_income_column as is_income,
            false as is_difference
        from cells
        where value_kind not in ('deviation', 'change', 'target', 'approved_range') and not is_percent
    ),

    lines as (
        select
            axis,
            table_id,
            line_no,
            bool_or(is_money) as is_money,
            bool_or(is_total) as is_total,
            bool_and(is_of_which) as is_of_which,
            bool_or(is_income) as is_income
        from laid
        group by axis, table_id, line_no
    ),

    placed as (
        select
            *,
            row_number() over (partition by axis, table_id order by line_no) as place,
            bool_or(is_income) over whole_table
            and bool_or(not is_income and not is_total) over whole_table as has_both_signs,
            (
                select count(*)
                from rows
                where
                    rows.is_heading
                    and lines.axis = 'rows'
                    and rows.table_id = lines.table_id
                    and rows.row_no < lines.line_no
            ) as headings_above
        from lines
        window whole_table as (partition by axis, table_id)
    ),

    -- The lines that a total is expected to sum begin after the previous total or heading.
    opened as (
        select
            *,
            min(place) over (partition by axis, table_id, headings_above) as heading_place,
            greatest(
                heading_place,
                1 + coalesce(
                    max(case when is_total then place end) over (
                        partition by axis, table_id order by place rows between unbounded preceding and 1 preceding
                    ),
                    0
                )
            ) as opening_place
        from placed
    ),

    crossings as (select distinct axis, table_id, across from laid)

select
    opened.axis,
    opened.table_id,
    opened.place,
    opened.line_no,
    crossings.across,
    laid.figure_id,
    laid.value,
    laid.precision,
    laid.rounding,
    laid.is_difference,
    opened.is_money,
    opened.is_total,
    opened.is_of_which,
    false as is_counted_elsewhere,
    opened.is_income,
    opened.has_both_signs,
    opened.heading_place,
    opened.opening_place
from opened
inner join crossings on opened.axis = crossings.axis and opened.table_id = crossings.table_id
left join
    laid
    on opened.axis = laid.axis
    and opened.table_id = laid.table_id
    and opened.line_no = laid.line_no
    and crossings.across = laid.across
