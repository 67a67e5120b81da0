-- Findings about whole rows: a row printed twice, and a total that is not the sum of its rows in any column, or only
-- with the other sign.
with
    repeated_rows as (select * from {{ ref("int_audit_repeated_rows") }}),
    lines as (select * from {{ ref("int_audit_lines") }} where axis = 'rows'),
    rows as (select * from {{ ref("int_rows_parented") }}),
    cells as (select * from {{ ref("int_audit_cells") }}),

    sums as (
        select table_id, total_place
        from {{ ref("int_audit_sums") }}
        where axis = 'rows' and side = 'above'
        union
        select table_id, total_place
        from {{ ref("int_audit_nested_sums") }}
        where axis = 'rows' and side = 'above'
    ),

    -- Where sums are printed above their parts, a total counts headings, and which ones is not known.
    outlines as (select distinct table_id from {{ ref("int_audit_sums") }} where axis = 'rows' and side = 'below'),

    expected as (
        select totals.*
        from lines as totals
        left join outlines on totals.table_id = outlines.table_id
        left join sums on totals.table_id = sums.table_id and totals.place = sums.total_place
        where
            totals.is_total
            and totals.value is not null
            and totals.place - totals.opening_place > 1
            and sums.total_place is null
            and outlines.table_id is null
    ),

    crossed as (
        select
            expected.table_id,
            expected.line_no as row_no,
            expected.across,
            expected.figure_id,
            expected.value as printed_value,
            sum(parts.value) as computed_value,
            expected.precision + sum(parts.precision) as tolerance
        from expected
        inner join
            lines as parts
            on expected.table_id = parts.table_id
            and expected.across = parts.across
            and parts.place >= expected.opening_place
            and parts.place < expected.place
            and not parts.is_of_which
        where parts.value is not null
        group by
            expected.table_id, expected.line_no, expected.across, expected.figure_id, expected.value, expected.precision
    ),

    summed as (
        select
            table_id,
            row_no,
            case when count(*) = 1 then min(across) end as only_col_no,
            arg_min(figure_id, across) as figure_id,
            arg_min(printed_value, across) as printed_value,
            arg_min(computed_value, across) as computed_value,
            arg_min(tolerance, across) as tolerance,
            bool_and(abs(printed_value + computed_value) <= tolerance) as is_turned
        from crossed
        where printed_value <> 0 or computed_value <> 0
        group by table_id, row_no
        having bool_and(abs(printed_value - computed_value) > tolerance)
    ),

    turned as (
        select crossed.*
        from crossed
        inner join summed on crossed.table_id = summed.table_id and crossed.row_no = summed.row_no
        where summed.is_turned and crossed.printed_value <> 0
    )

select
    'row_printed_twice' as rule,
    rows.table_id,
    rows.row_id,
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
inner join rows on repeated_rows.row_id = rows.row_id
union all
select
    'total_is_no_sum_of_its_rows' as rule,
    summed.table_id,
    rows.row_id,
    summed.only_col_no as col_no,
    rows.row_label as printed_text,
    summed.printed_value,
    summed.computed_value,
    summed.tolerance,
    cast(null as varchar) as detail,
    summed.figure_id,
    cast(null as varchar) as other_figure_id,
    cast([] as varchar[]) as also_fails
from summed
inner join rows on summed.table_id = rows.table_id and summed.row_no = rows.row_no
where not summed.is_turned
union all
select
    'total_with_another_sign' as rule,
    turned.table_id,
    rows.row_id,
    turned.across as col_no,
    cells.printed_text,
    turned.printed_value,
    turned.computed_value,
    turned.tolerance,
    cast(null as varchar) as detail,
    turned.figure_id,
    cast(null as varchar) as other_figure_id,
    cast([] as varchar[]) as also_fails
from turned
inner join rows on turned.table_id = rows.table_id and turned.row_no = rows.row_no
inner join cells on turned.figure_id = cells.figure_id
