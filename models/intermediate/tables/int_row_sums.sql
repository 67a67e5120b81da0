-- Rows of money that are the sum of consecutive rows above or below them, before it is known what the rows mean.
with
    rows as (select * from {{ ref("stg_reports__rows") }}),
    tables as (select * from {{ ref("int_tables_interpreted") }} where is_money),
    cells as (select * from {{ ref("int_cells_corrected") }} where printed_value is not null),
    columns as (select * from {{ ref("int_columns_interpreted") }}),

    table_decimals as (select table_id, max(printed_decimals) as decimals from cells group by table_id),

    numbers as (
        select
            cells.table_id,
            cells.row_no,
            cells.col_no,
            cast(cells.printed_value as decimal(28, 4)) as value,
            cast(0.5 * power(10, - table_decimals.decimals) as decimal(18, 9)) as precision,
            columns.value_kind = 'deviation' as is_difference,
            rows.row_label
        from cells
        inner join tables on cells.table_id = tables.table_id
        inner join rows on cells.row_id = rows.row_id
        inner join columns on cells.table_id = columns.table_id and cells.col_no = columns.col_no
        inner join table_decimals on cells.table_id = table_decimals.table_id
        where columns.value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'deviation')
    ),

    summed_rows as (
        select
            table_id,
            row_no,
            row_label,
            row_number() over (partition by table_id order by row_no) as place,
            {{ is_total_label("row_label", "true") }} as is_total,
            {{ is_of_which("row_label") }} as is_of_which,
            {{ names_income("row_label") }} as is_income
        from (select distinct table_id, row_no, row_label from numbers)
    ),

    opened as (
        select
            *,
            bool_or(is_income) over whole_table and bool_or(not is_income) over whole_table as has_both_signs,
            1 + coalesce(
                max(case when is_total then place end) over (
                    partition by table_id order by place rows between unbounded preceding and 1 preceding
                ),
                0
            ) as opening_place
        from summed_rows
        window whole_table as (partition by table_id)
    ),

    crossings as (select distinct table_id, col_no from numbers),

    lines as (
        select
            'rows' as axis,
            opened.table_id,
            opened.place,
            crossings.col_no as across,
            numbers.value,
            numbers.precision,
            numbers.precision as rounding,
            numbers.is_difference,
            true as is_money,
            opened.is_total,
            opened.is_of_which,
            false as is_counted_elsewhere,
            opened.is_income,
            opened.has_both_signs,
            1 as heading_place,
            opened.opening_place
        from opened
        inner join crossings on opened.table_id = crossings.table_id
        left join
            numbers
            on opened.table_id = numbers.table_id
            and opened.row_no = numbers.row_no
            and crossings.col_no = numbers.col_no
    ),

    sums as (with {{ learned_sums("lines") }})

-- A part of several sums belongs to the smallest.
select
    sums.table_id,
    {{ table_row_id("sums.table_id", "parts.row_no") }} as row_id,
    {{ table_row_id("sums.table_id", "totals.row_no") }} as total_row_id,
    totals.row_label as total_label,
    sums.side,
    sums.last_place - sums.first_place + 1 as parts
from sums
inner join opened as totals on sums.table_id = totals.table_id and sums.total_place = totals.place
inner join
    opened as parts on sums.table_id = parts.table_id and parts.place between sums.first_place and sums.last_place
where not parts.is_of_which
qualify
    row_number() over (
        partition by sums.table_id, parts.row_no
        order by sums.last_place - sums.first_place, sums.side = 'apart', sums.total_place
    )
    = 1
