-- Findings about whole rows: a row printed twice, and a total that its rows make in no column.
with
    repeated_rows as (select * from {{ ref("int_audit_repeated_rows") }}),
    lines as (select * from {{ ref("int_audit_lines") }} where axis = 'rows'),
    rows as (select * from {{ ref("int_rows_parented") }}),

    sums as (
        select document_id, table_no, total_place
        from {{ ref("int_audit_sums") }}
        where axis = 'rows' and side = 'above'
        union
        select document_id, table_no, total_place
        from {{ ref("int_audit_nested_sums") }}
        where axis = 'rows' and side = 'above'
    ),

    expected as (
        select totals.*
        from lines as totals
        left join
            sums
            on totals.document_id = sums.document_id
            and totals.table_no = sums.table_no
            and totals.place = sums.total_place
        where
            totals.is_total
            and totals.value is not null
            and totals.place - totals.opening_place > 1
            and sums.total_place is null
    ),

    crossed as (
        select
            expected.document_id,
            expected.table_no,
            expected.line_no as row_no,
            expected.across,
            expected.figure_id,
            expected.value as printed_value,
            sum(parts.value) as computed_value,
            expected.precision + sum(parts.precision) as tolerance
        from expected
        inner join
            lines as parts
            on expected.document_id = parts.document_id
            and expected.table_no = parts.table_no
            and expected.across = parts.across
            and parts.place >= expected.opening_place
            and parts.place < expected.place
            and not parts.is_of_which
        where parts.value is not null
        group by
            expected.document_id,
            expected.table_no,
            expected.line_no,
            expected.across,
            expected.figure_id,
            expected.value,
            expected.precision
    ),

    summed as (
        select
            document_id,
            table_no,
            row_no,
            arg_min(figure_id, across) as figure_id,
            arg_min(printed_value, across) as printed_value,
            arg_min(computed_value, across) as computed_value,
            arg_min(tolerance, across) as tolerance
        from crossed
        where printed_value <> 0 or computed_value <> 0
        group by document_id, table_no, row_no
        having bool_and(abs(printed_value - computed_value) > tolerance)
    )

select
    'row_printed_twice' as rule,
    repeated_rows.document_id,
    repeated_rows.table_no,
    repeated_rows.row_no,
    cast(null as integer) as col_no,
    rows.row_label as printed_text,
    cast(null as double precision) as printed_value,
    cast(null as double precision) as computed_value,
    cast(null as double precision) as tolerance,
    cast(repeated_rows.first_row_no as varchar) as detail,
    cast(null as varchar) as figure_id,
    cast(null as varchar) as other_figure_id,
    cast([] as varchar[]) as also_fails
from repeated_rows
inner join
    rows
    on repeated_rows.document_id = rows.document_id
    and repeated_rows.table_no = rows.table_no
    and repeated_rows.row_no = rows.row_no
union all
select
    'total_is_no_sum_of_its_rows' as rule,
    summed.document_id,
    summed.table_no,
    summed.row_no,
    cast(null as integer) as col_no,
    rows.row_label as printed_text,
    summed.printed_value,
    summed.computed_value,
    summed.tolerance,
    cast(null as varchar) as detail,
    summed.figure_id,
    cast(null as varchar) as other_figure_id,
    cast([] as varchar[]) as also_fails
from summed
inner join
    rows on summed.document_id = rows.document_id and summed.table_no = rows.table_no and summed.row_no = rows.row_no
