-- Measures that no report prints but that follow from printed figures, for the comparison between municipalities.
{% set place %} municipality_code, municipality, committee, fiscal_year, period_basis, period_end {% endset %}

with
    deviations as (select * from {{ ref("budget_deviations") }}),
    changes as (select * from {{ ref("year_over_year_changes") }}),
    series as (select * from {{ ref("series") }}),
    goals as (select * from {{ ref("goal_fulfilment") }}),

    totals as (
        select *, coalesce(input_figure_ids, [figure_id]) as cells
        from series
        where subject_kind = 'budget_line' and activity_code = 'total'
    ),

    lines as (
        select
            {{ place }},
            value_kind,
            max(value) filter (where subject_code = 'net_cost') as net_cost,
            max(cells) filter (where subject_code = 'net_cost') as net_cost_cells,
            max(value) filter (where subject_code = 'income') as income,
            max(cells) filter (where subject_code = 'income') as income_cells,
            max(value) filter (where subject_code = 'personnel_cost') as personnel_cost,
            max(cells) filter (where subject_code = 'personnel_cost') as personnel_cost_cells,
            max(value) filter (where subject_code = 'gross_cost') as printed_gross_cost,
            max(cells) filter (where subject_code = 'gross_cost') as printed_gross_cost_cells
        from totals
        group by all
    ),

    -- Where no total is printed, gross cost is what net cost and income leave.
    gross as (
        select
            *,
            coalesce(printed_gross_cost, net_cost - income) as gross_cost,
            coalesce(printed_gross_cost_cells, list_concat(net_cost_cells, income_cells)) as gross_cost_cells
        from lines
    ),

    budget_deviation as (
        select
            'budget_deviation_pct' as comparison_code,
            {{ place }},
            case when comparison = 'forecast_vs_budget' then 'forecast' else 'outcome' end as value_kind,
            cast(deviation_pct as double precision) as value,
            list_concat([budget_figure_id, compared_figure_id], input_figure_ids) as input_figure_ids
        from deviations
        where is_headline and is_latest and breakdown <> 'investment' and comparison <> 'outcome_vs_period_budget'
    ),

    investment_use as (
        select
            'investment_use_pct' as comparison_code,
            {{ place }},
            case when comparison = 'forecast_vs_budget' then 'forecast' else 'outcome' end as value_kind,
            cast(100 * compared_tkr / nullif(budget_tkr, 0) as double precision) as value,
            list_concat([budget_figure_id, compared_figure_id], input_figure_ids) as input_figure_ids
        from deviations
        where is_headline and is_latest and breakdown = 'investment'
    ),

    net_cost_growth as (
        select
            'net_cost_growth_pct' as comparison_code,
            {{ place }},
            value_kind,
            cast(growth_pct as double precision) as value,
            list_concat([figure_id, previous_figure_id], input_figure_ids) as input_figure_ids
        from changes
        where subject_code = 'net_cost' and activity_code = 'total' and value_kind in ('outcome', 'forecast')
    ),

    personnel_share as (
        select
            'personnel_cost_share_pct' as comparison_code,
            {{ place }},
            value_kind,
            cast(100 * personnel_cost / nullif(gross_cost, 0) as double precision) as value,
            list_concat(personnel_cost_cells, gross_cost_cells) as input_figure_ids
        from gross
        where value_kind in ('outcome', 'forecast')
    ),

    income_share as (
        select
            'income_share_pct' as comparison_code,
            {{ place }},
            value_kind,
            cast(-100 * income / nullif(gross_cost, 0) as double precision) as value,
            list_concat(income_cells, gross_cost_cells) as input_figure_ids
        from gross
        where value_kind in ('outcome', 'forecast')
    ),

    goals_met as (
        select
            'goals_met_share_pct' as comparison_code,
            municipality_code,
            municipality,
            committee,
            target_year as fiscal_year,
            -- An outcome on the way to the target date is counted apart.
            case when is_final or value_kind = 'forecast' then 'full_year' else 'year_to_date' end as period_basis,
            case
                when is_final or value_kind = 'forecast' then make_date(target_year, 12, 31) else value_period_end
            end as period_end,
            value_kind,
            100.0 * count(*) filter (where status = 'met') / nullif(count(*), 0) as value,
            list_concat(
                list(value_figure_id order by value_figure_id), list(target_figure_id order by target_figure_id)
            ) as input_figure_ids
        from goals
        where goal_kind = 'target' and is_latest and status <> 'not_assessable'
        group by all
    ),

    long_term_sick_leave as (
        select
            'sick_leave_long_term' as comparison_code,
            long_term.municipality_code,
            long_term.municipality,
            long_term.committee,
            long_term.fiscal_year,
            long_term.period_basis,
            long_term.period_end,
            long_term.value_kind,
            cast(100 * long_term.value / nullif(total.value, 0) as double precision) as value,
            [long_term.figure_id, total.figure_id] as input_figure_ids
        from series as long_term
        inner join
            series as total
            on long_term.municipality_code = total.municipality_code
            and long_term.committee = total.committee
            and long_term.activity_code = total.activity_code
            and long_term.gender = total.gender
            and long_term.period_basis = total.period_basis
            and long_term.period_end = total.period_end
            and long_term.value_kind = total.value_kind
            and total.subject_code = 'sick_leave_total_share'
        where long_term.subject_code = 'sick_leave_over_59_days_share'
    ),

    united as (
        {% for relation in [
            "budget_deviation",
            "investment_use",
            "net_cost_growth",
            "personnel_share",
            "income_share",
            "goals_met",
            "long_term_sick_leave",
        ] %}
            select * from {{ relation }} {{ "union all" if not loop.last }}
        {% endfor %}
    )

select
    comparison_code,
    municipality_code,
    municipality,
    committee,
    fiscal_year,
    period_basis,
    period_end,
    value_kind,
    cast(value as decimal(18, 2)) as value,
    list_sort(list_distinct(list_filter(input_figure_ids, figure_id -> figure_id is not null))) as input_figure_ids
from united
where value is not null
