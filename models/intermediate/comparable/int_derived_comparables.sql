-- Measures computed from printed figures, for the comparison between municipalities.
{% set place %} municipality_code, municipality, committee, fiscal_year, period_basis, period_end {% endset %}

with
    -- Committees are compared by their net costs and investments; a result or a municipality's sum is another thing.
    deviations as (
        select *
        from {{ ref("budget_deviations") }}
        where subject_scope = 'committee' and activity_code = 'total' and line_code in ('net_cost', 'investment')
    ),
    changes as (select * from {{ ref("year_over_year_changes") }} where subject_scope = 'committee'),
    series as (select * from {{ ref("series") }} where subject_scope = 'committee'),
    goals as (select * from {{ ref("goal_fulfilment") }}),
    comparisons as (select * from {{ ref("comparisons") }}),
    members as (select * from {{ ref("comparison_members") }} where is_converted),

    headlines as (select * from deviations where is_headline and is_current),

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

    -- Where no total is printed, gross cost is net cost minus income.
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
            - budget_tkr as base,
            - budget_tkr as lowest_amount,
            list_concat([budget_figure_id, compared_figure_id], input_figure_ids) as input_figure_ids
        from headlines
        where breakdown <> 'investment' and comparison <> 'outcome_vs_period_budget'
    ),

    investment_use as (
        select
            'investment_use_pct' as comparison_code,
            {{ place }},
            case when comparison = 'forecast_vs_budget' then 'forecast' else 'outcome' end as value_kind,
            cast(100 * compared_tkr / nullif(budget_tkr, 0) as double precision) as value,
            - budget_tkr as base,
            - greatest(compared_tkr, budget_tkr) as lowest_amount,
            list_concat([budget_figure_id, compared_figure_id], input_figure_ids) as input_figure_ids
        from headlines
        where breakdown = 'investment'
    ),

    net_cost_growth as (
        select
            'net_cost_growth_pct' as comparison_code,
            {{ place }},
            value_kind,
            cast(growth_pct as double precision) as value,
            - previous_value as base,
            - greatest(value, previous_value) as lowest_amount,
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
            - gross_cost as base,
            - greatest(personnel_cost, gross_cost) as lowest_amount,
            list_concat(personnel_cost_cells, gross_cost_cells) as input_figure_ids
        from gross
        where value_kind in ('outcome', 'forecast') and personnel_cost is not null
    ),

    income_share as (
        select
            'income_share_pct' as comparison_code,
            {{ place }},
            value_kind,
            cast(-100 * income / nullif(gross_cost, 0) as double precision) as value,
            - gross_cost as base,
            least(income, - gross_cost) as lowest_amount,
            list_concat(income_cells, gross_cost_cells) as input_figure_ids
        from gross
        where value_kind in ('outcome', 'forecast') and income is not null
    ),

    goals_met as (
        select
            'goals_met_share_pct' as comparison_code,
            municipality_code,
            municipality,
            committee,
            target_year as fiscal_year,
            -- Interim outcomes are counted separately.
            case when is_final or value_kind = 'forecast' then 'full_year' else 'year_to_date' end as period_basis,
            case
                when is_final or value_kind = 'forecast' then make_date(target_year, 12, 31) else value_period_end
            end as period_end,
            value_kind,
            100.0 * count(*) filter (where status = 'met') / count(*) as value,
            count(*) as base,
            0 as lowest_amount,
            list_concat(
                list(value_figure_id order by value_figure_id), list(target_figure_id order by target_figure_id)
            ) as input_figure_ids
        from goals
        where goal_kind = 'target' and is_current and status <> 'not_assessable'
        group by all
    ),

    -- Where one municipality prints a measure as a percentage of another measure, the others' is converted.
    converted as (
        select
            members.comparison_code,
            part.municipality_code,
            part.municipality,
            part.committee,
            part.fiscal_year,
            part.period_basis,
            part.period_end,
            part.value_kind,
            cast(100 * part.value / nullif(whole.value, 0) as double precision) as value,
            whole.value as base,
            least(part.value, whole.value) as lowest_amount,
            [part.figure_id, whole.figure_id] as input_figure_ids
        from series as part
        inner join
            members
            on part.subject_code = members.measure_code
            and part.activity_code = members.activity_code
            and {{ any_or("members.municipality_code", "part.municipality_code") }}
        inner join comparisons on members.comparison_code = comparisons.comparison_code
        inner join
            series as whole
            on comparisons.percent_of_measure_code = whole.subject_code
            and part.municipality_code = whole.municipality_code
            and part.committee = whole.committee
            and part.activity_code = whole.activity_code
            and part.gender = whole.gender
            and part.period_basis = whole.period_basis
            and part.period_end = whole.period_end
            and part.value_kind = whole.value_kind
        where part.value is not null
    ),

    computed as (
        {% for relation in [
            "budget_deviation",
            "investment_use",
            "net_cost_growth",
            "personnel_share",
            "income_share",
            "goals_met",
            "converted",
        ] %}
            select * from {{ relation }} {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    -- A percentage says nothing where the amount that it is of is zero, or where income and cost have changed places.
    judged as (
        select
            *,
            case
                when base = 0 then 'base_is_zero' when base < 0 or lowest_amount < 0 then 'amount_is_reversed'
            end as value_reason
        from computed
        where base is not null
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
    case when value_reason is null then cast(value as decimal(18, 2)) end as value,
    value_reason,
    list_sort(list_distinct(list_filter(input_figure_ids, figure_id -> figure_id is not null))) as input_figure_ids
from judged
where value is not null or value_reason is not null
