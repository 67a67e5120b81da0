-- Each outcome and forecast of a budget line beside the budget of the same document and period, with the deviation that
-- is printed about it.
with
    figures as (select * from {{ ref("int_subject_figures") }} where subject_kind = 'budget_line'),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),

    budgets as (select * from figures where value_kind in ('budget', 'period_budget')),

    -- No budget is adopted for a group.
    compared as (select * from figures where value_kind in ('outcome', 'forecast') and subject_scope <> 'group'),

    pairs as (
        select
            compared.* exclude (budget_version),
            case
                when compared.value_kind = 'forecast'
                then 'forecast_vs_budget'
                when budgets.value_kind = 'period_budget'
                then 'outcome_vs_period_budget'
                else 'outcome_vs_budget'
            end as comparison,
            budgets.printed_figure_id as budget_figure_id,
            budgets.figure_id as budget_key,
            budgets.value as budget_tkr,
            budgets.precision as budget_precision,
            budgets.is_derived or compared.is_derived as is_derived_pair,
            list_concat(compared.input_figure_ids, budgets.input_figure_ids) as pair_input_figure_ids
        from compared
        inner join
            budgets
            on compared.document_id = budgets.document_id
            and compared.committee = budgets.committee
            and compared.subject_scope = budgets.subject_scope
            and compared.subject_code = budgets.subject_code
            and compared.activity_code = budgets.activity_code
            and compared.period_end = budgets.period_end
            and compared.period_basis = budgets.period_basis
            and (compared.value_kind = 'outcome' or budgets.value_kind = 'budget')
    ),

    -- The deviation printed on the row, or in a row of its own below it: about the forecast where the row has one,
    -- otherwise about the outcome. Of several (for a project and for the year) the nearest one to the right.
    deviations as (
        select
            pairs.figure_id as compared_figure_id,
            pairs.comparison,
            budget_figures.figure_id,
            budget_figures.amount_tkr,
            budget_figures.precision_tkr
        from pairs
        inner join
            budget_figures
            on pairs.table_id = budget_figures.table_id
            and pairs.committee = budget_figures.committee
            and pairs.subject_scope = budget_figures.subject_scope
            and pairs.subject_code = budget_figures.line_code
            and pairs.activity_code = budget_figures.activity_code
            and (pairs.is_derived or pairs.row_id = budget_figures.row_id or budget_figures.is_about_row_above)
            and pairs.period_end = budget_figures.period_end
            and budget_figures.value_kind = 'deviation'
        qualify
            row_number() over (
                partition by budget_figures.figure_id
                order by pairs.value_kind = 'outcome', pairs.comparison, pairs.figure_id
            )
            = 1
            and row_number() over (
                partition by pairs.figure_id, pairs.comparison
                order by
                    budget_figures.col_no < pairs.col_no,
                    abs(budget_figures.col_no - pairs.col_no),
                    budget_figures.figure_id
            )
            = 1
    )

select
    pairs.* rename(value as compared_tkr),
    pairs.value - pairs.budget_tkr as deviation_tkr,
    deviations.amount_tkr as printed_deviation_tkr,
    deviations.figure_id as deviation_figure_id,
    pairs.precision + pairs.budget_precision + coalesce(deviations.precision_tkr, 0) as tolerance_tkr
from pairs
left join deviations on pairs.figure_id = deviations.compared_figure_id and pairs.comparison = deviations.comparison
