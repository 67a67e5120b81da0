-- Every printed number, and every blank cell among numbers, with what the arithmetic checks need to know about it.
-- Corrections are not applied: the checks are about what is printed, and a corrected error is still a finding.
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

    numbers as (
        select
            figures.figure_id,
            figures.row_id,
            figures.table_id,
            figures.document_id,
            figures.municipality_code,
            figures.committee,
            figures.information_date,
            figures.table_no,
            figures.row_no,
            figures.col_no,
            figures.table_title,
            figures.row_label,
            figures.column_header,
            cells.raw_text as printed_text,
            -- Decimals, since sums of doubles depend on their order; wider than 18 digits, since products of two
            -- narrower ones must fit in 18.
            cast(cells.printed_value as decimal(28, 4)) as value,
            -- Numbers are read to at most four decimals.
            cast(
                0.5 * power(
                    10,
                    - least(
                        greatest(
                            cells.printed_decimals,
                            case when figures.is_money then table_decimals.decimals else row_decimals.decimals end
                        ),
                        4
                    )
                ) as decimal(18, 9)
            ) as precision,
            -- The factor turns the printed number into the unit and sign of the marts.
            cast(coalesce(figures.tkr_multiplier, 1) as decimal(18, 3)) as factor,
            figures.is_money,
            figures.unit,
            figures.value_kind,
            figures.period_basis,
            figures.period_end,
            figures.subject_kind,
            figures.subject_code,
            figures.activity_code,
            figures.gender,
            coalesce(figures.sign_group in ('income', 'grant'), false) as is_income,
            coalesce(figures.line_role in ('total', 'result'), false)
            or coalesce(figures.line_role = 'net_cost' and figures.activity_code = 'total', false)
            or {{ is_total_label("figures.row_label", "figures.is_money") }} as is_total_row,
            {{ is_total_label("figures.column_header", "figures.is_money") }} as is_total_column,
            {{ is_of_which("figures.row_label") }} as is_of_which,
            cells.cell_kind = 'blank' as is_blank
        from figures
        inner join cells on figures.figure_id = cells.figure_id
        inner join table_decimals on figures.table_id = table_decimals.table_id
        inner join row_decimals on figures.row_id = row_decimals.row_id
        left join repeated_rows on figures.row_id = repeated_rows.row_id
        where
            (cells.printed_value is not null or cells.cell_kind = 'blank')
            and figures.assessment_field is null
            and figures.value_kind <> 'mark'
            and repeated_rows.row_id is null
    ),

    columns_with_numbers as (select distinct table_id, col_no from numbers where not is_blank)

select numbers.*
from numbers
inner join
    columns_with_numbers
    on numbers.table_id = columns_with_numbers.table_id
    and numbers.col_no = columns_with_numbers.col_no
