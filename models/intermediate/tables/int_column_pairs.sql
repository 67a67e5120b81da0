-- The pair of columns whose difference a column of deviations prints, found by arithmetic: headers only choose among
-- pairs that the figures allow.
with
    cells as (select * from {{ ref("int_cells_corrected") }} where printed_value is not null),
    columns as (select * from {{ ref("stg_reports__columns") }} where not is_commentary),
    headers as (select * from {{ ref("int_headers_matched") }}),

    kinds as (
        select
            columns.table_id,
            columns.col_no,
            case
                when headers.value_kind in ('outcome', 'forecast')
                then 'compared'
                when headers.value_kind in ('budget', 'period_budget')
                then 'budget'
                when headers.value_kind is null
                then 'unknown'
                else headers.value_kind
            end as kind
        from columns
        left join headers on columns.column_header = headers.column_header
        where not {{ is_percent_label("columns.column_header") }}
    ),

    numbers as (
        select
            cells.table_id,
            cells.row_no,
            cells.col_no,
            kinds.kind,
            cast(cells.printed_value as decimal(28, 4)) as value,
            cast(0.5 * power(10, - cells.printed_decimals) as decimal(18, 6)) as half_unit
        from cells
        inner join kinds on cells.table_id = kinds.table_id and cells.col_no = kinds.col_no
        where not coalesce(cells.has_percent_sign, false)
    ),

    -- Beyond eight columns a difference is not of its neighbours, and wide tables would cost too much to try.
    tried as (
        select
            results.table_id,
            results.row_no,
            results.col_no as deviation_col_no,
            results.kind as deviation_kind,
            minuends.col_no as minuend_col_no,
            minuends.kind as minuend_kind,
            subtrahends.col_no as subtrahend_col_no,
            subtrahends.kind as subtrahend_kind,
            results.value <> 0 as is_telling,
            results.value as deviation,
            minuends.value as compared,
            subtrahends.value as budget,
            abs(minuends.value - subtrahends.value - results.value)
            <= results.half_unit + minuends.half_unit + subtrahends.half_unit as fits,
            abs(minuends.value - subtrahends.value + results.value)
            <= results.half_unit + minuends.half_unit + subtrahends.half_unit as fits_reversed
        from numbers as results
        inner join
            numbers as minuends
            on results.table_id = minuends.table_id
            and results.row_no = minuends.row_no
            and minuends.col_no <> results.col_no
            and abs(minuends.col_no - results.col_no) <= 8
        inner join
            numbers as subtrahends
            on results.table_id = subtrahends.table_id
            and results.row_no = subtrahends.row_no
            and subtrahends.col_no not in (results.col_no, minuends.col_no)
            and abs(subtrahends.col_no - results.col_no) <= 8
        where
            results.kind in ('deviation', 'change', 'unknown')
            and minuends.kind in ('compared', 'unknown')
            and subtrahends.kind in ('budget', 'unknown')
            -- A header must name at least one of the three, and both columns whose change could be a deviation.
            and not (minuends.kind = 'unknown' and subtrahends.kind = 'unknown' and results.kind = 'unknown')
            and (results.kind <> 'change' or (minuends.kind = 'compared' and subtrahends.kind = 'budget'))
    ),

    counted as (
        select
            table_id,
            deviation_col_no,
            deviation_kind,
            minuend_col_no,
            minuend_kind,
            subtrahend_col_no,
            subtrahend_kind,
            count(*) filter (where is_telling) as rows_telling,
            count(*) filter (where is_telling and fits) as rows_compared_less_budget,
            count(*) filter (where is_telling and fits_reversed and not fits) as rows_budget_less_compared,
            count(*) filter (where not is_telling and fits) as rows_equal,
            sum(abs(deviation)) as deviations,
            sum(abs(compared)) as compared,
            sum(abs(budget)) as budget,
            sum(compared) < 0 as is_negative
        from tried
        group by all
    ),

    fitted as (
        select
            *,
            rows_compared_less_budget + rows_budget_less_compared as rows_fitted,
            cast(minuend_kind = 'compared' as integer)
            + cast(subtrahend_kind = 'budget' as integer)
            + cast(deviation_kind = 'deviation' as integer) as headers_agreeing
        from counted
        where
            rows_telling > 0
            and 5 * (rows_compared_less_budget + rows_budget_less_compared) >= 4 * rows_telling
            -- One row that fits is a coincidence unless the headers say the same.
            and (
                rows_compared_less_budget + rows_budget_less_compared >= 3
                or (minuend_kind = 'compared' and subtrahend_kind = 'budget' and deviation_kind = 'deviation')
            )
            -- Of the three figures in a difference the smallest is the deviation.
            and (deviation_kind <> 'unknown' or 2 * deviations < compared)
            -- Where no header says which column is the budget, most rows are costs, and overspending is negative.
            and (
                minuend_kind <> 'unknown'
                or subtrahend_kind <> 'unknown'
                or is_negative = (rows_compared_less_budget >= rows_budget_less_compared)
            )
    )

select
    table_id,
    cast(deviation_col_no as integer) as deviation_col_no,
    cast(minuend_col_no as integer) as compared_col_no,
    cast(subtrahend_col_no as integer) as budget_col_no,
    case
        when rows_compared_less_budget >= rows_budget_less_compared
        then 'compared_minus_budget'
        else 'budget_minus_compared'
    end as direction,
    cast(rows_fitted as integer) as rows_fitted,
    cast(rows_telling as integer) as rows_nonzero,
    headers_agreeing = 3 as is_said_by_headers,
    cast(compared / nullif(budget, 0) as decimal(18, 4)) as compared_to_budget
from fitted
qualify
    row_number() over (
        partition by table_id, deviation_col_no
        order by
            headers_agreeing desc,
            rows_fitted desc,
            rows_equal desc,
            abs(deviation_col_no - minuend_col_no) + abs(deviation_col_no - subtrahend_col_no),
            minuend_col_no,
            subtrahend_col_no
    )
    = 1
