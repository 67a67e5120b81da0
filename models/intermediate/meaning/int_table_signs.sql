-- Reports print the same cost positive in one table and negative in the next. The sign in the marts (income positive,
-- cost negative) follows from the sums of a table's incomes and costs, so that a surplus row in a table of costs is
-- still a surplus.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    lines as (select * from {{ ref("int_lines_mapped") }}),

    sums as (
        select
            placed.table_id,
            coalesce(sum(placed.printed_value) filter (where lines.sign_group = 'income'), 0) as income,
            coalesce(sum(placed.printed_value) filter (where lines.sign_group = 'cost'), 0) as cost,
            coalesce(sum(placed.printed_value) filter (where lines.sign_group = 'grant'), 0) as municipal_grant
        from placed
        inner join lines on placed.row_id = lines.row_id
        where placed.is_money and placed.value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan')
        group by placed.table_id
    )

select
    table_id,
    -- Where the costs are negative too, a row that sounds like income (`Bidrag till föreningar`) is a cost.
    case when income < 0 and cost >= 0 then -1 else 1 end as income_factor,
    case when cost > 0 then -1 else 1 end as cost_factor,
    case when municipal_grant < 0 then -1 else 1 end as grant_factor,
    -- Results change sign only where the whole table has reversed signs (income negative, cost positive).
    case when income < 0 and cost > 0 then -1 else 1 end as result_factor
from sums
