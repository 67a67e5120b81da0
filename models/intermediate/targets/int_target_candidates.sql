-- Every outcome or forecast that a target can be judged by: of its own row, of any document that prints the measure,
-- and
-- for a budget in balance the deviation of the committee's net cost.
with
    targets as (select * from {{ ref("int_targets") }}),
    figures as (select * from {{ ref("int_figures") }}),
    subject_figures as (select * from {{ ref("int_subject_figures") }} where subject_kind = 'measure'),
    deviations as (
        select *
        from {{ ref("budget_deviations") }}
        where is_headline and breakdown <> 'investment' and comparison in ('outcome_vs_budget', 'forecast_vs_budget')
    ),

    own_rows as (
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            targets.target_date,
            targets.document_kind,
            true as is_own_row,
            figures.figure_id,
            figures.document_id,
            figures.information_date,
            figures.value,
            figures.value_kind,
            figures.period_start,
            figures.period_end,
            figures.period_basis
        from targets
        inner join figures on targets.row_id = figures.row_id
    ),

    any_document as (
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            targets.target_date,
            targets.document_kind,
            false as is_own_row,
            subject_figures.figure_id,
            subject_figures.document_id,
            subject_figures.information_date,
            subject_figures.value,
            subject_figures.value_kind,
            subject_figures.period_start,
            subject_figures.period_end,
            subject_figures.period_basis
        from targets
        inner join
            subject_figures
            on targets.municipality_code = subject_figures.municipality_code
            and targets.committee = subject_figures.committee
            and targets.measure_code = subject_figures.subject_code
            and targets.activity_code = subject_figures.activity_code
            and targets.gender = subject_figures.gender
    ),

    net_costs as (
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            targets.target_date,
            targets.document_kind,
            targets.document_id = deviations.document_id as is_own_row,
            coalesce(deviations.deviation_figure_id, deviations.compared_figure_id) as figure_id,
            deviations.document_id,
            deviations.as_of_date as information_date,
            cast(deviations.deviation_tkr as decimal(18, 4)) as value,
            case when deviations.comparison = 'outcome_vs_budget' then 'outcome' else 'forecast' end as value_kind,
            cast(null as date) as period_start,
            deviations.period_end,
            deviations.period_basis
        from targets
        inner join
            deviations
            on targets.municipality_code = deviations.municipality_code
            and targets.committee = deviations.committee
        where targets.is_budget_in_balance
    ),

    candidates as (
        select *
        from own_rows
        union all
        select *
        from any_document
        union all
        select *
        from net_costs
    )

-- The outcome of the year comes before a forecast, and a forecast before an interim outcome.
select
    *,
    case
        when value_kind = 'outcome' and period_end >= target_date then 1 when value_kind = 'forecast' then 2 else 3
    end as preference
from candidates
where value is not null and value_kind in ('outcome', 'forecast') and year(period_end) = target_year
