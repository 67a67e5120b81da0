with
    figures as (select * from {{ ref("int_subject_figures") }} where subject_kind = 'budget_line'),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),

    budgets as (select * from figures where value_kind in ('budget', 'period_budget')),

    -- No budget is adopted for a group.
    compared as (select * from figures where value_kind in ('outcome', 'forecast') and subject_scope <> 'group'),

    compared_pairs as (
        select
            compared.*,
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
            compared_pairs.figure_id as compared_figure_id,
            compared_pairs.comparison,
            budget_figures.figure_id,
            budget_figures.amount_tkr,
            budget_figures.precision_tkr
        from compared_pairs
        inner join
            budget_figures
            on compared_pairs.table_id = budget_figures.table_id
            and compared_pairs.committee = budget_figures.committee
            and compared_pairs.subject_scope = budget_figures.subject_scope
            and compared_pairs.subject_code = budget_figures.line_code
            and compared_pairs.activity_code = budget_figures.activity_code
            and (
                compared_pairs.is_derived
                or compared_pairs.row_id = budget_figures.row_id
                or budget_figures.is_about_row_above
            )
            and compared_pairs.period_end = budget_figures.period_end
            and budget_figures.value_kind = 'deviation'
        qualify
            row_number() over (
                partition by budget_figures.figure_id
                order by compared_pairs.value_kind = 'outcome', compared_pairs.comparison, compared_pairs.figure_id
            )
            = 1
            and row_number() over (
                partition by compared_pairs.figure_id, compared_pairs.comparison
                order by
                    budget_figures.col_no < compared_pairs.col_no,
                    abs(budget_figures.col_no - compared_pairs.col_no),
                    budget_figures.figure_id
            )
            = 1
    ),

    measured as (
        select
            compared_pairs.*,
            documents.document_title,
            tables.section,
            tables.table_title,
            attributes.row_label,
            attributes.breakdown,
            attributes.line_role,
            attributes.cost_type_code,
            attributes.is_addable,
            attributes.statement,
            attributes.unit_source,
            case
                when 'arithmetic' in (attributes.kind_source, budget_attributes.kind_source)
                then 'arithmetic'
                else attributes.kind_source
            end as kind_source,
            attributes.sign_source,
            attributes.role_source,
            attributes.breakdown = 'investment' as is_investment,
            compared_pairs.value - compared_pairs.budget_tkr as deviation_tkr,
            deviations.amount_tkr as printed_deviation_tkr,
            deviations.figure_id as deviation_figure_id,
            compared_pairs.precision
            + compared_pairs.budget_precision
            + coalesce(deviations.precision_tkr, 0) as tolerance_tkr,
            -- Which row speaks for the whole: the net cost, else a net cost or sum by another name, else a result.
            case
                when
                    compared_pairs.activity_code = 'total' and compared_pairs.subject_code in ('net_cost', 'investment')
                then 1
                when compared_pairs.subject_code in ('net_cost', 'investment')
                then 2
                when attributes.line_role = 'net_cost'
                then 3
                when attributes.line_role in ('total', 'subtotal') and not {{ names_income("attributes.row_label") }}
                then 4
                when attributes.line_role = 'result' and {{ is_total_label("attributes.row_label", "true") }}
                then 5
                when attributes.line_role = 'result'
                then 6
            end as headline_rank
        from compared_pairs
        inner join documents on compared_pairs.document_id = documents.document_id
        inner join tables on compared_pairs.table_id = tables.table_id
        inner join budget_figures as attributes on compared_pairs.figure_id = attributes.figure_id
        inner join budget_figures as budget_attributes on compared_pairs.budget_key = budget_attributes.figure_id
        left join
            deviations
            on compared_pairs.figure_id = deviations.compared_figure_id
            and compared_pairs.comparison = deviations.comparison
    ),

    headed as (
        select
            *,
            coalesce(
                headline_rank = 1
                or headline_rank is not null
                and row_number() over (
                    partition by document_id, committee, subject_scope, comparison, period_end, is_investment
                    order by headline_rank, abs(budget_tkr) desc, table_no, row_no
                )
                = 1,
                false
            ) as is_headline
        from measured
    ),

    net_budgets as (
        select
            document_id, committee, subject_scope, comparison, period_end, is_investment, budget_tkr as net_budget_tkr
        from headed
        where is_headline and line_role <> 'result'
    ),

    shared as (
        select
            headed.*,
            net_budgets.net_budget_tkr,
            case
                when headed.is_investment or headed.deviation_tkr = 0 then null else headed.deviation_tkr > 0
            end as is_favourable,
            case
                when headed.deviation_tkr = 0
                then 'none'
                when headed.is_investment
                then case when headed.deviation_tkr > 0 then 'below_budget' else 'above_budget' end
                when headed.deviation_tkr > 0
                then 'favourable'
                else 'unfavourable'
            end as deviation_direction,
            lag(headed.deviation_tkr) over (
                partition by
                    headed.municipality_code,
                    headed.committee,
                    headed.subject_scope,
                    headed.subject_code,
                    headed.activity_code,
                    headed.comparison,
                    headed.period_end
                order by headed.information_date, headed.document_id, headed.period_basis
            ) as previous_document_deviation_tkr,
            row_number() over (
                partition by
                    headed.municipality_code,
                    headed.committee,
                    headed.subject_scope,
                    headed.subject_code,
                    headed.activity_code,
                    headed.comparison,
                    headed.period_end
                order by headed.information_date desc, headed.document_id, headed.period_basis
            )
            = 1 as is_latest
        from headed
        left join
            net_budgets
            on headed.document_id = net_budgets.document_id
            and headed.committee = net_budgets.committee
            and headed.subject_scope = net_budgets.subject_scope
            and headed.comparison = net_budgets.comparison
            and headed.period_end = net_budgets.period_end
            and headed.is_investment = net_budgets.is_investment
    ),

    -- The parts of the headline: a row within an activity goes by its printed label, any other by the line's concept.
    worded as (
        select
            *,
            {{ period_label("period_start", "period_end", "period_basis") }} as period_label,
            case
                when breakdown in ('activity', 'sub_activity') then row_label else subject_label
            end as headline_subject,
            case when comparison = 'forecast_vs_budget' then 'prognosen för ' else 'utfallet ' end as compared_words,
            case when comparison = 'outcome_vs_period_budget' then 'periodens budget' else 'budget' end as budget_words,
            case
                when is_investment and deviation_tkr > 0
                then 'lägre'
                when is_investment
                then 'högre'
                when deviation_tkr > 0
                then 'bättre'
                else 'sämre'
            end as direction_words
        from shared
    )

select
    municipality_code,
    municipality,
    committee,
    subject_scope,
    document_id,
    cast(year(period_end) as integer) as fiscal_year,
    comparison,
    {{ wording_sv("'comparison'", "comparison") }} as comparison_sv,
    period_basis,
    period_end,
    period_label,
    information_date as as_of_date,
    breakdown,
    {{ wording_sv("'breakdown'", "breakdown") }} as breakdown_sv,
    subject_code as line_code,
    subject_label as line_label,
    row_label,
    activity_code,
    cost_type_code,
    line_role,
    is_headline,
    is_addable,
    is_derived_pair as is_derived,
    is_mapped,
    statement,
    unit_source,
    kind_source,
    sign_source,
    role_source,
    cast(budget_tkr as decimal(18, 3)) as budget_tkr,
    cast(value as decimal(18, 3)) as compared_tkr,
    cast(deviation_tkr as decimal(18, 3)) as deviation_tkr,
    cast(100 * deviation_tkr / nullif(abs(budget_tkr), 0) as decimal(18, 2)) as deviation_pct,
    case when budget_tkr = 0 then 'budget_is_zero' end as deviation_pct_reason,
    cast(100 * deviation_tkr / nullif(abs(net_budget_tkr), 0) as decimal(18, 2)) as deviation_pct_of_net_budget,
    is_favourable,
    {{
        wording_sv(
            "'direction_of_deviation'",
            "deviation_direction",
        )
    }} as deviation_sv,
    cast(printed_deviation_tkr as decimal(18, 3)) as printed_deviation_tkr,
    abs(deviation_tkr - printed_deviation_tkr) <= tolerance_tkr as agrees_with_print,
    case
        when comparison = 'forecast_vs_budget' then cast(previous_document_deviation_tkr as decimal(18, 3))
    end as deviation_previous_forecast_tkr,
    headline_subject
    || ': '
    || case
        when is_investment and value = 0 and budget_tkr <> 0
        then
            'inget av budgeterade '
            || {{ amount_in_words("budget_tkr") }}
            || case when comparison = 'forecast_vs_budget' then ' bedöms användas ' else ' är använt ' end
            || period_label
        when round(deviation_tkr) = 0
        then compared_words || period_label || ' följer ' || budget_words
        else
            compared_words
            || period_label
            || ' är '
            || {{ amount_in_words("deviation_tkr") }}
            || coalesce(' (' || {{ swedish_print("abs(100 * deviation_tkr / nullif(budget_tkr, 0))", 1) }} || ' %)', '')
            || ' '
            || direction_words
            || ' än '
            || budget_words
            || case when budget_tkr = 0 then ', som är noll' else '' end
    end as headline_sv,
    budget_figure_id,
    printed_figure_id as compared_figure_id,
    deviation_figure_id,
    coalesce(
        pair_input_figure_ids,
        list_filter([budget_figure_id, printed_figure_id, deviation_figure_id], id -> id is not null)
    ) as input_figure_ids,
    {{ source_ref("municipality", "document_title", "section", "table_title", "row_label") }} as source_ref,
    is_latest
from worded
