with
    comparisons as (select * from {{ ref("int_budget_comparisons") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    versions as (select * from {{ ref("int_budget_versions") }}),
    retired_lines as (select * from {{ ref("int_retired_lines") }} where is_retired),
    summed_lines as (select * from {{ ref("int_summed_lines") }}),
    paces as (select * from {{ ref("int_forecast_paces") }}),
    outcomes as (
        select *
        from {{ ref("series") }}
        where subject_kind = 'budget_line' and value_kind = 'outcome' and period_basis = 'full_year'
    ),

    {% set line %}
        comparisons.municipality_code, comparisons.committee, comparisons.subject_scope, comparisons.subject_code,
        comparisons.activity_code
    {% endset %}

    -- The latest deviation to date that the same document has for the line.
    to_date as (
        select
            document_id,
            committee,
            subject_scope,
            subject_code,
            activity_code,
            year(period_end) as fiscal_year,
            'forecast_vs_budget' as compared_with,
            arg_max(deviation_tkr, period_end) as deviation_tkr,
            arg_max(tolerance_tkr, period_end) as tolerance_tkr
        from comparisons
        where answer_to = 'to_date'
        group by all
    ),

    dated as (
        select
            comparisons.*,
            documents.document_title,
            documents.committee is distinct from comparisons.committee as is_others_report,
            tables.section,
            tables.table_title,
            summed_lines.sums_to,
            summed_lines.sums_to_label,
            versions.budget_version,
            versions.budget_version_source,
            versions.original_budget_figure_id,
            comparisons.compared_tkr - versions.original_budget_tkr as deviation_against_original_tkr,
            paces.linear_forecast_tkr,
            paces.seasonal_forecast_tkr,
            paces.pace_precision_tkr,
            paces.previous_forecast_error_tkr,
            paces.previous_forecast_year,
            to_date.deviation_tkr as to_date_deviation_tkr,
            to_date.tolerance_tkr as to_date_tolerance_tkr,
            retired_lines.figure_id is not null
            or (comparisons.value_kind = 'forecast' and outcomes.document_id is not null) as is_superseded,
            -- What the latest earlier document forecasts for the same year.
            arg_max(comparisons.deviation_tkr, comparisons.information_date) filter (
                where comparisons.comparison = 'forecast_vs_budget'
            ) over (
                partition by {{ line }}, comparisons.period_end, comparisons.answer_to
                order by comparisons.information_date
                range between unbounded preceding and interval 1 day preceding
            ) as deviation_previous_forecast_tkr,
            row_number() over (
                partition by {{ line }}, comparisons.comparison, comparisons.period_end
                order by comparisons.information_date desc, comparisons.document_id, comparisons.period_basis
            )
            = 1 as is_latest
        from comparisons
        inner join documents on comparisons.document_id = documents.document_id
        inner join tables on comparisons.table_id = tables.table_id
        left join versions on comparisons.budget_key = versions.figure_id
        left join summed_lines on comparisons.row_id = summed_lines.row_id
        left join paces on comparisons.figure_id = paces.figure_id
        left join retired_lines on comparisons.budget_key = retired_lines.figure_id
        left join
            to_date
            on comparisons.document_id = to_date.document_id
            and comparisons.committee = to_date.committee
            and comparisons.subject_scope = to_date.subject_scope
            and comparisons.subject_code = to_date.subject_code
            and comparisons.activity_code = to_date.activity_code
            and comparisons.comparison = to_date.compared_with
            and year(comparisons.period_end) = to_date.fiscal_year
        left join
            outcomes
            on comparisons.municipality_code = outcomes.municipality_code
            and comparisons.committee = outcomes.committee
            and comparisons.subject_scope = outcomes.subject_scope
            and comparisons.subject_code = outcomes.subject_code
            and comparisons.activity_code = outcomes.activity_code
            and comparisons.period_end = outcomes.period_end
            and comparisons.information_date < outcomes.information_date
    ),

    -- One answer to each question: for the year's end the outcome, before it the latest forecast; to date the latest
    -- figures, and of the same day the committee's own report. The committee as a whole is one question, however its
    -- parts are divided.
    {% set question %}
        municipality_code, committee, subject_scope, answer_to, period_basis, is_headline, is_investment,
        case when not is_headline then breakdown end,
        case when not is_headline then subject_code end,
        case when not is_headline then activity_code end
    {% endset %}

    current_answers as (
        select
            *,
            not is_superseded
            and row_number() over (
                partition by {{ question }}, year(period_end), is_superseded
                order by
                    value_kind <> 'outcome',
                    period_end desc,
                    information_date desc,
                    is_others_report,
                    document_id,
                    comparison
            )
            = 1 as is_current
        from dated
    ),

    -- The answer for the year before, whichever report it is from; for figures to date, that of the same day.
    beside_last_year as (
        select
            *,
            max(deviation_tkr) filter (where is_current) over last_year as deviation_last_year_tkr,
            max(compared_tkr) filter (where is_current) over last_year as compared_last_year_tkr,
            max(budget_tkr) filter (where is_current) over last_year as budget_last_year_tkr,
            is_current
            and year(period_end) = max(year(period_end)) filter (where is_current) over (
                partition by
                    municipality_code,
                    committee,
                    subject_scope,
                    answer_to,
                    is_headline,
                    is_investment,
                    case when not is_headline then breakdown end
            ) as is_newest
        from current_answers
        window
            last_year as (
                partition by {{ question }}, month(period_end)
                order by year(period_end)
                range between 1 preceding and 1 preceding
            )
    ),

    expected as (
        select
            *,
            deviation_tkr - to_date_deviation_tkr as remaining_forecast_tkr,
            coalesce(seasonal_forecast_tkr, linear_forecast_tkr) - compared_tkr as pace_difference_tkr
        from beside_last_year
    ),

    -- A percentage of a result or of financial items would mean nothing.
    paced as (
        select
            *,
            line_role not in ('result', 'financial')
            and pace_difference_tkr < - greatest(
                {{ var("forecast_pace_tolerance_pct") }} * abs(compared_tkr) / 100, pace_precision_tkr + precision
            ) as is_below_pace
        from expected
    ),

    doubted as (
        select
            *,
            case
                when comparison <> 'forecast_vs_budget' or is_investment or line_role = 'grant'
                then null
                when
                    to_date_deviation_tkr < - to_date_tolerance_tkr
                    and remaining_forecast_tkr > tolerance_tkr + to_date_tolerance_tkr
                then 'needs_turnaround'
                when is_below_pace
                then case when deviation_tkr = 0 then 'equals_target' else 'below_pace' end
                when previous_forecast_error_tkr < 0 and abs(previous_forecast_error_tkr) >= abs(deviation_tkr)
                then 'unlike_history'
            end as forecast_doubt
        from paced
    ),

    directed as (
        select
            *,
            case when is_investment or deviation_tkr = 0 then null else deviation_tkr > 0 end as is_favourable,
            -- A percentage of a small difference, or of an amount whose sign has turned, would say nothing.
            case
                when budget_tkr = 0
                then 'budget_is_zero'
                when line_role = 'result'
                then 'budget_is_a_result'
                when sign(compared_tkr) = - sign(budget_tkr)
                then 'sign_turned'
            end as deviation_pct_reason,
            case
                when deviation_tkr = 0
                then 'none'
                when is_investment
                then case when deviation_tkr > 0 then 'below_budget' else 'above_budget' end
                when deviation_tkr > 0
                then 'favourable'
                else 'unfavourable'
            end as deviation_direction
        from doubted
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
        from directed
    )

select
    municipality_code,
    municipality,
    committee,
    {{ committee_id("municipality_code", "committee") }} as committee_id,
    subject_scope,
    {{ wording_sv("'subject_scope'", "subject_scope") }} as subject_scope_sv,
    document_id,
    cast(year(period_end) as integer) as fiscal_year,
    comparison,
    {{ wording_sv("'comparison'", "comparison") }} as comparison_sv,
    period_basis,
    {{ wording_sv("'period_basis'", "period_basis") }} as period_basis_sv,
    period_end,
    period_label,
    information_date as as_of_date,
    breakdown,
    {{ wording_sv("'breakdown'", "breakdown") }} as breakdown_sv,
    subject_code as line_code,
    subject_label as line_label,
    row_label,
    activity_code,
    {{ activity_label("activity_code") }} as activity_label,
    cost_type_code,
    {{ wording_sv("'cost_type'", "cost_type_code") }} as cost_type_sv,
    line_role,
    {{ wording_sv("'line_role'", "line_role") }} as line_role_sv,
    is_headline,
    is_addable,
    sums_to,
    sums_to_label,
    is_derived_pair as is_derived,
    is_mapped,
    statement,
    {{ wording_sv("'statement'", "statement") }} as statement_sv,
    unit_source,
    {{ wording_sv("'how_known'", "unit_source") }} as unit_source_sv,
    kind_source,
    {{ wording_sv("'how_known'", "kind_source") }} as kind_source_sv,
    sign_source,
    {{ wording_sv("'how_known'", "sign_source") }} as sign_source_sv,
    role_source,
    {{ wording_sv("'how_known'", "role_source") }} as role_source_sv,
    cast(budget_tkr as decimal(18, 3)) as budget_tkr,
    cast(compared_tkr as decimal(18, 3)) as compared_tkr,
    cast(deviation_tkr as decimal(18, 3)) as deviation_tkr,
    case
        when deviation_pct_reason is null then cast(100 * deviation_tkr / abs(budget_tkr) as decimal(18, 2))
    end as deviation_pct,
    deviation_pct_reason,
    {{ wording_sv("'deviation_pct_reason'", "deviation_pct_reason") }} as deviation_pct_reason_sv,
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
    coalesce(budget_version, 'unspecified') as budget_version,
    {{ wording_sv("'budget_version'", "coalesce(budget_version, 'unspecified')") }} as budget_version_sv,
    budget_version_source,
    {{ wording_sv("'budget_version_source'", "budget_version_source") }} as budget_version_source_sv,
    period_budget_source,
    {{ wording_sv("'period_budget_source'", "period_budget_source") }} as period_budget_source_sv,
    cast(deviation_against_original_tkr as decimal(18, 3)) as deviation_against_original_tkr,
    original_budget_figure_id,
    cast(deviation_previous_forecast_tkr as decimal(18, 3)) as deviation_previous_forecast_tkr,
    cast(budget_last_year_tkr as decimal(18, 3)) as budget_last_year_tkr,
    cast(compared_last_year_tkr as decimal(18, 3)) as compared_last_year_tkr,
    cast(deviation_last_year_tkr as decimal(18, 3)) as deviation_last_year_tkr,
    cast(remaining_forecast_tkr as decimal(18, 3)) as remaining_forecast_tkr,
    linear_forecast_tkr,
    seasonal_forecast_tkr,
    previous_forecast_error_tkr,
    forecast_doubt,
    {{
        forecast_doubt_sv(
            "forecast_doubt",
            "remaining_forecast_tkr",
            "seasonal_forecast_tkr",
            "pace_difference_tkr",
            "previous_forecast_error_tkr",
            "previous_forecast_year",
        )
    }} as forecast_doubt_sv,
    headline_subject
    || ': '
    || case
        when is_investment and compared_tkr = 0 and budget_tkr <> 0
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
            || case
                when deviation_pct_reason is null
                then ' (' || {{ swedish_print("abs(100 * deviation_tkr / budget_tkr)", 1) }} || ' %)'
                else ''
            end
            || ' '
            || direction_words
            || ' än '
            || budget_words
            || case when budget_tkr = 0 then ', som är noll' else '' end
    end as headline_sv,
    budget_figure_id,
    printed_figure_id as compared_figure_id,
    deviation_figure_id,
    list_sort(
        list_distinct(
            list_concat(
                list_filter([budget_figure_id, printed_figure_id, deviation_figure_id], id -> id is not null),
                pair_input_figure_ids
            )
        )
    ) as input_figure_ids,
    {{ source_ref("municipality", "document_title", "section", "table_title", "row_label") }} as source_ref,
    answer_to,
    {{ wording_sv("'answer_to'", "answer_to") }} as answer_to_sv,
    is_latest,
    is_current,
    is_newest,
    {{
        answer_row_id(
            ["document_id", "committee", "subject_scope", "subject_code", "activity_code", "comparison", "period_end"]
        )
    }} as row_id
from worded
