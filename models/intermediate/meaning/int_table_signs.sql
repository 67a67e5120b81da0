-- Reports print the same cost positive in one table and negative in the next. The sign in the marts (income positive,
-- cost negative) follows from the sums of a table's incomes and costs, so that a surplus row in a table of costs is
-- still a surplus. For rows whose label says neither, the table's deviations decide (a favourable one is positive),
-- then the other costs, then the rows' own signs: mixed signs are results.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    lines as (select * from {{ ref("int_lines_mapped") }}),
    pairs as (select * from {{ ref("int_column_pairs") }}),

    amounts as (
        select
            placed.table_id,
            placed.row_id,
            placed.col_no,
            placed.value_kind,
            placed.period_end,
            coalesce(placed.column_part, 'net') as column_part,
            cast(placed.printed_value as decimal(28, 4)) as value,
            lines.sign_group
        from placed
        inner join lines on placed.row_id = lines.row_id
        where placed.is_money and placed.printed_value is not null
    ),

    sums as (
        select
            table_id,
            coalesce(sum(value) filter (where sign_group = 'income'), 0) as income,
            coalesce(sum(value) filter (where sign_group = 'cost'), 0) as cost,
            coalesce(sum(value) filter (where sign_group = 'grant'), 0) as municipal_grant,
            coalesce(sum(value) filter (where sign_group = 'unnamed'), 0) as unnamed,
            count(*) filter (where sign_group = 'unnamed' and value > 0) as unnamed_positive,
            count(*) filter (where sign_group = 'unnamed' and value < 0) as unnamed_negative
        from amounts
        where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan') and column_part = 'net'
        group by table_id
    ),

    -- Where income, cost and net are columns, the net is printed with the sign that makes it their difference.
    period_parts as (
        select
            table_id,
            {% for part in ["income", "cost", "net"] %}
                sum(value) filter (where column_part = '{{ part }}') as {{ part }} {{- "," if not loop.last }}
            {% endfor %}
        from amounts
        where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan')
        group by table_id, value_kind, period_end
    ),

    parts as (
        select
            table_id,
            case when sum(income) < 0 then -1 else 1 end as income_part_factor,
            case when sum(cost) > 0 then -1 else 1 end as cost_part_factor,
            case
                when sum(abs(net - abs(income) + abs(cost))) <= sum(abs(net + abs(income) - abs(cost))) then 1 else -1
            end as net_part_factor
        from period_parts
        where income is not null and cost is not null
        group by table_id
    ),

    deviations as (
        select
            deviations.table_id,
            count(*) filter (where deviations.value = compared.value - budgets.value) as compared_less_budget,
            count(*) filter (where deviations.value = budgets.value - compared.value) as budget_less_compared
        from amounts as deviations
        inner join pairs on deviations.table_id = pairs.table_id and deviations.col_no = pairs.deviation_col_no
        inner join
            amounts as compared on deviations.row_id = compared.row_id and pairs.compared_col_no = compared.col_no
        inner join amounts as budgets on deviations.row_id = budgets.row_id and pairs.budget_col_no = budgets.col_no
        where deviations.sign_group = 'unnamed' and deviations.value <> 0
        group by deviations.table_id
    ),

    weighed as (
        select
            sums.*,
            case
                when deviations.compared_less_budget > 4 * deviations.budget_less_compared
                then 1
                when deviations.budget_less_compared > 4 * deviations.compared_less_budget
                then -1
            end as factor_by_deviations,
            5 * least(unnamed_positive, unnamed_negative) >= unnamed_positive + unnamed_negative
            and unnamed_positive > 0
            and unnamed_negative > 0 as is_mixed
        from sums
        left join deviations on sums.table_id = deviations.table_id
    )

select
    weighed.table_id,
    -- Where the costs are negative too, a row that sounds like income (`Bidrag till föreningar`) is a cost.
    case when income < 0 and cost + unnamed >= 0 then -1 else 1 end as income_factor,
    case when cost + unnamed > 0 then -1 else 1 end as cost_factor,
    case when municipal_grant < 0 then -1 else 1 end as grant_factor,
    -- Results change sign only where the whole table has reversed signs (income negative, cost positive).
    case when income < 0 and cost + unnamed > 0 then -1 else 1 end as result_factor,
    case
        when factor_by_deviations is not null
        then factor_by_deviations
        when is_mixed and cost = 0
        then 1
        when cost + unnamed > 0
        then -1
        else 1
    end as unnamed_factor,
    case when factor_by_deviations is not null then 'arithmetic' else 'assumed' end as unnamed_source,
    coalesce(is_mixed and cost = 0, false) as unnamed_are_results,
    parts.income_part_factor,
    parts.cost_part_factor,
    parts.net_part_factor
from weighed
left join parts on weighed.table_id = parts.table_id
