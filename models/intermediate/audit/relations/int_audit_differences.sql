-- Columns that print the difference between two others. Which two, and in which order, is learned from the rows;
-- headers and periods count as evidence too.
with
    cells as (select * from {{ ref("int_audit_cells") }}),
    pairs as (select *, 'deviation' as value_kind from {{ ref("int_pair_rows") }} where deviation_is_net),

    results as (
        select cells.*
        from cells
        left join
            pairs
            on cells.table_id = pairs.table_id
            and cells.activity_code = pairs.activity_code
            and cells.value_kind = pairs.value_kind
        where cells.value_kind in ('deviation', 'change', 'text') and pairs.table_id is null and not cells.is_blank
    ),

    terms as (
        select *, coalesce(value, 0) as amount
        from cells
        where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'text')
    ),

    tried as (
        select
            result.table_id,
            result.is_income,
            result.col_no as result_col_no,
            minuend.col_no as minuend_col_no,
            subtrahend.col_no as subtrahend_col_no,
            result.value_kind as result_kind,
            result.figure_id as result_figure_id,
            minuend.figure_id as minuend_figure_id,
            subtrahend.figure_id as subtrahend_figure_id,
            abs(result.value - minuend.amount + subtrahend.amount)
            <= result.rounding + minuend.rounding + subtrahend.rounding as holds,
            abs(result.value + minuend.amount - subtrahend.amount)
            <= result.rounding + minuend.rounding + subtrahend.rounding as holds_turned,
            {{
                evidence_bits(
                    "greatest(abs(result.value), abs(minuend.amount), abs(subtrahend.amount))",
                    "(result.precision + minuend.rounding + subtrahend.rounding)",
                )
            }} as bits,
            minuend.is_blank or subtrahend.is_blank as has_blank,
            -- That nothing differs from nothing proves no relation.
            result.value <> 0 or minuend.amount <> subtrahend.amount as is_telling,
            -- With the sign of the marts, a deviation is outcome minus budget, and a change is this year minus last
            -- year.
            result.factor * minuend.factor > 0 as is_marts_direction,
            result.value_kind = 'deviation'
            and minuend.value_kind in ('outcome', 'forecast')
            and subtrahend.value_kind in ('budget', 'period_budget') as is_likely,
            is_likely
            and minuend.period_end = subtrahend.period_end
            and minuend.period_basis = subtrahend.period_basis
            and result.period_end = minuend.period_end
            or result.value_kind = 'change'
            and minuend.value_kind = 'outcome'
            and subtrahend.value_kind = 'outcome'
            and result.period_end = minuend.period_end
            and {{ year_before("minuend.period_end") }} = subtrahend.period_end as is_meant
        from results as result
        inner join terms as minuend on result.row_id = minuend.row_id and result.col_no <> minuend.col_no
        inner join
            terms as subtrahend
            on result.row_id = subtrahend.row_id
            and subtrahend.col_no not in (result.col_no, minuend.col_no)
            -- Points of percent differ like any numbers; a percentage is not the difference of two amounts.
            and minuend.is_percent = subtrahend.is_percent
            and (not result.is_percent or minuend.is_percent)
        where not (minuend.is_blank and subtrahend.is_blank)
    ),

    weighed as (
        select
            table_id,
            result_col_no,
            minuend_col_no,
            subtrahend_col_no,
            any_value(result_kind) as result_kind,
            bool_or(is_meant) as is_meant,
            bool_or(is_likely) as is_likely,
            count(*) filter (where not has_blank and is_telling) as rows_tried,
            count(*) filter (where not has_blank and is_telling and (holds or holds_turned)) as rows_held,
            coalesce(sum(bits) filter (where not has_blank and (holds or holds_turned)), 0)
            + case when bool_or(is_meant) then 12 when bool_or(is_likely) then 6 else 0 end as belief
        from tried
        group by table_id, result_col_no, minuend_col_no, subtrahend_col_no
    ),

    pairs_of_columns as (
        select *
        from weighed
        where
            -- Where most rows don't bear out what the headers say, the deviation is from something that the table
            -- doesn't
            -- print.
            (is_meant and (rows_tried < 2 or 2 * rows_held >= rows_tried))
            or (is_likely and rows_held > 0 and 2 * rows_held >= rows_tried)
            or (
                rows_held >= case result_kind when 'text' then 3 else 2 end
                and 2 * rows_held > rows_tried
                and belief > 20
            )
        -- Of the two orders of a pair, the one that the headers say comes first.
        qualify
            row_number() over (
                partition by table_id, result_col_no
                order by belief desc, is_meant desc, minuend_col_no, subtrahend_col_no
            )
            = 1
    ),

    chosen as (
        select
            tried.*,
            pairs_of_columns.is_meant as is_meant_column,
            tried.bits * (
                case
                    when tried.holds = tried.holds_turned
                    then 0
                    when tried.holds = tried.is_marts_direction
                    then 1
                    else -1
                end
            ) as belief_in_marts_direction
        from tried
        inner join
            pairs_of_columns
            on tried.table_id = pairs_of_columns.table_id
            and tried.result_col_no = pairs_of_columns.result_col_no
            and tried.minuend_col_no = pairs_of_columns.minuend_col_no
            and tried.subtrahend_col_no = pairs_of_columns.subtrahend_col_no
    ),

    -- A single row does not prove a sign convention; two rows of income, or of cost, do.
    directed as (
        select
            *,
            case
                when count(*) filter (where belief_in_marts_direction <> 0) over alike > 1
                then sum(belief_in_marts_direction) over alike
                when count(*) filter (where belief_in_marts_direction <> 0) over whole_column > 1
                then sum(belief_in_marts_direction) over whole_column
                else 0
            end
            >= 0 as has_marts_direction
        from chosen
        window
            alike as (partition by table_id, result_col_no, is_income),
            whole_column as (partition by table_id, result_col_no)
    )

select
    table_id,
    result_kind,
    result_col_no,
    minuend_col_no,
    subtrahend_col_no,
    result_figure_id,
    minuend_figure_id,
    subtrahend_figure_id,
    is_meant_column,
    case when has_marts_direction = is_marts_direction then 1 else -1 end as direction
from directed
