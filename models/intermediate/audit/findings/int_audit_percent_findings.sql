-- Percentages that are not what the amounts of their row give. Which quotient a column prints is learned from its rows:
-- one column in percent of another (used of a budget), the difference of two in percent of one (growth, deviation), or
-- a share of the column's total.
with
    cells as (select * from {{ ref("int_audit_cells") }} where not is_blank),
    wrong_cells as (select * from {{ ref("int_audit_causes") }}),

    percentages as (select * from cells where is_percent and not {{ is_percent_label("row_label") }}),

    amounts as (select * from cells where not is_percent),

    totals as (
        select table_id, col_no, min(row_no) as row_no
        from amounts
        where is_total_row
        group by table_id, col_no
        having count(*) = 1
    ),

    side_by_side as (
        select
            numerators.row_id,
            numerators.col_no as numerator_col_no,
            denominators.col_no as denominator_col_no,
            numerators.value as numerator,
            denominators.value as denominator,
            numerators.precision as numerator_precision,
            denominators.precision as denominator_precision,
            numerators.figure_id as numerator_figure_id,
            denominators.figure_id as denominator_figure_id
        from amounts as numerators
        inner join
            amounts as denominators
            on numerators.row_id = denominators.row_id
            and numerators.col_no <> denominators.col_no
            and abs(numerators.col_no - denominators.col_no) <= 8
    ),

    quotients as (
        select 'of_column' as quotient, *
        from side_by_side
        union all
        select
            'change' as quotient,
            * replace (
                numerator - denominator as numerator, numerator_precision + denominator_precision as numerator_precision
            )
        from side_by_side
        union all
        select
            'of_total' as quotient,
            parts.row_id,
            parts.col_no,
            parts.col_no,
            parts.value,
            wholes.value,
            parts.precision,
            wholes.precision,
            parts.figure_id,
            wholes.figure_id
        from amounts as parts
        inner join totals on parts.table_id = totals.table_id and parts.col_no = totals.col_no
        inner join
            amounts as wholes
            on totals.table_id = wholes.table_id
            and totals.row_no = wholes.row_no
            and totals.col_no = wholes.col_no
    ),

    -- The signs of costs and of increases differ between reports; the size is what is checked.
    tried as (
        select
            percentages.table_id,
            percentages.row_id,
            percentages.col_no,
            percentages.figure_id,
            percentages.printed_text,
            percentages.value,
            quotients.quotient,
            quotients.numerator_col_no,
            quotients.denominator_col_no,
            quotients.numerator_figure_id,
            quotients.denominator_figure_id,
            100 * quotients.numerator / quotients.denominator as percent,
            percentages.precision
            + (quotients.numerator_precision + abs(percent) / 100 * quotients.denominator_precision)
            * 100
            / abs(quotients.denominator) as tolerance,
            abs(abs(percentages.value) - abs(percent)) <= tolerance as holds,
            percentages.value <> 0 and abs(percentages.value) <> 100 as is_telling
        from percentages
        inner join quotients on percentages.row_id = quotients.row_id
        where quotients.denominator <> 0
    ),

    learned as (
        select
            table_id,
            col_no,
            quotient,
            numerator_col_no,
            denominator_col_no,
            count(*) filter (where holds and is_telling) as held,
            count(*) filter (where not holds) as failed
        from tried
        group by table_id, col_no, quotient, numerator_col_no, denominator_col_no
        having held >= 2 and held >= 2 * failed
        qualify
            row_number() over (
                partition by table_id, col_no
                order by held - failed desc, quotient, numerator_col_no, denominator_col_no
            )
            = 1
    )

select
    'printed_percent_is_not_the_quotient' as rule,
    tried.table_id,
    tried.row_id,
    tried.col_no,
    tried.printed_text,
    tried.value as printed_value,
    round(tried.percent * case when tried.percent * tried.value < 0 then -1 else 1 end, 1) as computed_value,
    tried.tolerance,
    tried.figure_id
from tried
inner join
    learned
    on tried.table_id = learned.table_id
    and tried.col_no = learned.col_no
    and tried.quotient = learned.quotient
    and tried.numerator_col_no = learned.numerator_col_no
    and tried.denominator_col_no = learned.denominator_col_no
where
    not tried.holds
    -- A wrong amount makes its percentages wrong as well.
    and not exists (select 1 from wrong_cells where wrong_cells.figure_id = tried.numerator_figure_id)
    and not exists (select 1 from wrong_cells where wrong_cells.figure_id = tried.denominator_figure_id)
