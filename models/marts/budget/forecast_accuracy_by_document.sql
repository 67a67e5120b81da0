with
    -- A municipality is counted once, without its group.
    forecasts as (select * from {{ ref("forecast_accuracy") }} where is_comparable and subject_scope <> 'group'),

    net_costs as (
        select *
        from forecasts
        where subject_code = 'net_cost' and activity_code = 'total' and subject_kind = 'budget_line'
    ),

    counted as (
        select
            municipality_code,
            municipality,
            committee,
            forecast_document_id,
            fiscal_year,
            subject_kind,
            count(*) as forecast_count,
            count(*) filter (where direction = 'exact') as exact_count,
            count(*) filter (where direction = 'optimistic') as optimistic_count,
            count(*) filter (where direction = 'pessimistic') as pessimistic_count,
            count(*) filter (where direction = 'too_high') as too_high_count,
            count(*) filter (where direction = 'too_low') as too_low_count,
            {{ median_of_decimals("abs(forecast_error_pct)", 2) }} as median_absolute_error_pct,
            min(months_ahead) as months_ahead
        from forecasts
        group by all
    )

select
    counted.municipality_code,
    counted.municipality,
    counted.committee,
    {{ committee_id("counted.municipality_code", "counted.committee") }} as committee_id,
    counted.forecast_document_id,
    counted.fiscal_year,
    counted.subject_kind,
    {{ wording_sv("'subject_kind'", "counted.subject_kind") }} as subject_kind_sv,
    counted.months_ahead,
    cast(counted.forecast_count as integer) as forecast_count,
    cast(counted.exact_count as integer) as exact_count,
    cast(counted.optimistic_count as integer) as optimistic_count,
    cast(counted.pessimistic_count as integer) as pessimistic_count,
    cast(counted.too_high_count as integer) as too_high_count,
    cast(counted.too_low_count as integer) as too_low_count,
    counted.median_absolute_error_pct,
    net_costs.forecast_error as net_cost_error_tkr,
    net_costs.forecast_error_pct as net_cost_error_pct
from counted
left join
    net_costs
    on counted.forecast_document_id = net_costs.forecast_document_id
    and counted.fiscal_year = net_costs.fiscal_year
    and counted.committee = net_costs.committee
    and counted.subject_kind = net_costs.subject_kind
