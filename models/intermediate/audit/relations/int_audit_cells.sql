-- Every printed number, and every blank or misprinted cell among numbers, with what the arithmetic checks need to know
-- about it. Corrections are not applied: the checks are about what is printed, and a corrected error is still a
-- finding.
with
    figures as (select * from {{ ref("int_figures") }}),
    cells as (select * from {{ ref("stg_reports__cells") }}),
    repeated_rows as (select * from {{ ref("int_audit_repeated_rows") }}),

    table_decimals as (
        select table_id, {{ shared_decimals("printed_decimals") }} as decimals
        from cells
        where printed_decimals is not null
        group by table_id
    ),

    row_decimals as (
        select row_id, {{ shared_decimals("printed_decimals") }} as decimals
        from cells
        where printed_decimals is not null
        group by row_id
    ),

    -- Numbers are read to at most four decimals.
    printed as (
        select
            figures.*,
            cells.raw_text as printed_text,
            cells.printed_value,
            cells.cell_kind = 'blank' as is_empty,
            cells.cell_kind = 'text' and {{ is_broken_number("cells.raw_text") }} as is_broken,
            {{ is_percent_label("figures.column_header") }}
            or {{ is_percent_label("figures.row_label") }}
            or coalesce(cells.has_percent_sign, false) as is_percent,
            least(
                greatest(
                    cells.printed_decimals,
                    case when figures.is_money then table_decimals.decimals else row_decimals.decimals end
                ),
                4
            ) as decimals
        from figures
        inner join cells on figures.figure_id = cells.figure_id
        inner join table_decimals on figures.table_id = table_decimals.table_id
        inner join row_decimals on figures.row_id = row_decimals.row_id
        left join repeated_rows on figures.row_id = repeated_rows.row_id
        where
            figures.assessment_field is null
            and figures.value_kind <> 'mark'
            and not (figures.value_kind = 'text' and {{ names_a_reference("figures.column_header") }})
            and repeated_rows.row_id is null
    ),

    numbers as (
        select
            figure_id,
            row_id,
            table_id,
            document_id,
            municipality_code,
            committee,
            subject_scope,
            information_date,
            table_no,
            row_no,
            col_no,
            table_title,
            row_label,
            column_header,
            printed_text,
            -- Decimals, since sums of doubles depend on their order; wider than 18 digits, since products of two
            -- narrower ones must fit in 18.
            cast(printed_value as decimal(28, 4)) as value,
            cast(0.5 * power(10, - decimals) as decimal(18, 9)) as precision,
            -- Persons and cases are counted, not rounded.
            cast(
                case
                    when
                        not is_money
                        and not is_percent
                        and unit = 'number'
                        and decimals = 0
                        and not {{ is_mean_label("concat_ws(' ', table_title, row_label, column_header)") }}
                    then 0
                    else 0.5 * power(10, - decimals)
                end as decimal(18, 9)
            ) as rounding,
            -- The factor turns the printed number into the unit and sign of the marts.
            cast(coalesce(tkr_multiplier, 1) as decimal(18, 3)) as factor,
            is_money,
            is_percent,
            unit,
            value_kind,
            period_basis,
            period_end,
            subject_kind,
            subject_code,
            activity_code,
            gender,
            coalesce(sign_group in ('income', 'grant'), false) as is_income,
            {{ names_income("column_header") }} as is_income_column,
            coalesce(line_role in ('total', 'result'), false)
            or coalesce(line_role = 'net_cost' and activity_code = 'total', false)
            or {{ is_total_label("row_label", "is_money") }}
            or {{ is_statement_total("row_label") }} as is_total_row,
            {{ is_total_label("column_header", "is_money") }} as is_total_column,
            {{ is_of_which("row_label") }} as is_of_which,
            {{ spans_project("column_header") }} as spans_project,
            printed_value is null as is_blank,
            is_broken
        from printed
        where printed_value is not null or is_empty or is_broken
    ),

    columns_with_numbers as (select distinct table_id, col_no from numbers where value is not null)

select numbers.*
from numbers
inner join
    columns_with_numbers
    on numbers.table_id = columns_with_numbers.table_id
    and numbers.col_no = columns_with_numbers.col_no
