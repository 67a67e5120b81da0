{# The deviations that count now, with the key of their question and whether they answer for the whole. #}
{% macro current_deviations(budget_deviations) %}
    select
        *,
        concat_ws(
            '/',
            municipality_code,
            committee,
            subject_scope,
            answer_to,
            fiscal_year,
            period_basis,
            case
                when is_headline and breakdown = 'investment'
                then 'investments'
                when is_headline
                then 'net cost'
                else breakdown || '/' || line_code || '/' || activity_code
            end
        ) as subject_key,
        regexp_extract(headline_sv, '^(.*?): ', 1) as subject_label,
        fiscal_year as subject_year,
        case when comparison = 'forecast_vs_budget' then 'prognos' else 'utfall' end as compared_sv,
        -- What a year has come to so far is news only while nothing is known about its end.
        is_headline
        and (
            answer_to = 'year_end'
            or (
                fiscal_year = year(as_of_date)
                and not bool_or(answer_to = 'year_end') over (
                    partition by municipality_code, committee, subject_scope, fiscal_year, breakdown = 'investment'
                )
            )
        ) as is_main_answer
    from {{ budget_deviations }}
    where is_current
{% endmacro %}

{# How far each line is from its budget; of current_deviations. #}
{% macro deviation_answers(current_deviations) %}
    select
        'deviation' as subject_kind,
        subject_key,
        municipality_code,
        municipality,
        committee,
        document_id,
        subject_label,
        subject_year,
        case when breakdown = 'investment' then 'investment' else comparison end as state,
        cast(deviation_tkr as decimal(18, 4)) as value,
        coalesce(deviation_pct_of_net_budget, deviation_pct) as share_pct,
        compared_sv || ' ' || {{ deviation_in_words("deviation_tkr", "breakdown = 'investment'") }} as text,
        coalesce(deviation_figure_id, compared_figure_id) as figure_id,
        is_main_answer as is_headline,
        is_main_answer or is_addable as is_newsworthy,
        headline_sv || case
            when deviation_previous_forecast_tkr is not null and breakdown <> 'investment'
            then '. Tidigare prognos: ' || {{ deviation_in_words("deviation_previous_forecast_tkr", "false") }}
            else ''
        end as sentence_sv
    from {{ current_deviations }}
{% endmacro %}

{# What speaks against each forecast that is in doubt; of current_deviations. #}
{% macro doubt_answers(current_deviations) %}
    select
        'forecast' as subject_kind,
        subject_key,
        municipality_code,
        municipality,
        committee,
        document_id,
        subject_label,
        subject_year,
        forecast_doubt as state,
        cast(deviation_tkr as decimal(18, 4)) as value,
        compared_figure_id as figure_id,
        is_main_answer as is_headline,
        is_main_answer or is_addable as is_newsworthy,
        subject_label
        || ', prognosen för '
        || subject_year
        || ': '
        || {{ in_sentence("forecast_doubt_sv") }} as sentence_sv
    from {{ current_deviations }}
    where forecast_doubt is not null
{% endmacro %}

{# Each budget that a later report has changed. #}
{% macro budget_answers(budget_changes) %}
    select
        'budget' as subject_kind,
        concat_ws(
            '/',
            municipality_code,
            committee,
            subject_scope,
            breakdown,
            line_code,
            activity_code,
            fiscal_year,
            first_document_id,
            first_budget_version,
            later_document_id,
            later_budget_version
        ) as subject_key,
        municipality_code,
        municipality,
        committee,
        later_document_id as document_id,
        case when breakdown in ('activity', 'sub_activity') then row_label else line_label end as subject_label,
        fiscal_year as subject_year,
        change_kind as state,
        cast(first_budget_tkr as decimal(18, 4)) as value_before,
        cast(later_budget_tkr as decimal(18, 4)) as value,
        -- In percent of the largest budget that the report changes, which is the whole committee's if that is
        -- one.
        cast(
            100
            * (later_budget_tkr - first_budget_tkr)
            / nullif(
                max(abs(first_budget_tkr)) over (
                    partition by municipality_code, committee, subject_scope, fiscal_year, later_document_id
                ),
                0
            ) as decimal(18, 2)
        ) as share_pct,
        {{ amount_in_words("first_budget_tkr") }} as text_before,
        {{ amount_in_words("later_budget_tkr") }} as text,
        first_figure_id as other_figure_id,
        later_figure_id as figure_id,
        line_role = 'net_cost' and activity_code = 'total' as is_headline,
        (line_role = 'net_cost' and activity_code = 'total') or is_addable as is_newsworthy,
        case when breakdown in ('activity', 'sub_activity') then row_label else line_label end
        || ': budgeten för '
        || fiscal_year
        || case when abs(later_budget_tkr) > abs(first_budget_tkr) then ' är höjd med ' else ' är sänkt med ' end
        || {{ amount_in_words("abs(later_budget_tkr) - abs(first_budget_tkr)") }}
        || ', från '
        || {{ amount_in_words("first_budget_tkr") }}
        || ' till '
        || {{ amount_in_words("later_budget_tkr") }}
        || case change_kind when 'unknown' then '' else ' (' || {{ in_sentence("change_kind_sv") }} || ')' end
        || coalesce('. ' || explanation, '') as sentence_sv
    from {{ budget_changes }}
{% endmacro %}

{# Each figure that a later report gives anew. #}
{% macro restatement_answers(restatements) %}
    select
        'restatement' as subject_kind,
        concat_ws(
            '/',
            municipality_code,
            committee,
            subject_scope,
            subject_kind,
            subject_code,
            activity_code,
            gender,
            value_kind,
            period_basis,
            period_end,
            later_document_id
        ) as subject_key,
        municipality_code,
        municipality,
        committee,
        later_document_id as document_id,
        subject_label,
        value_kind as state,
        first_value as value_before,
        later_value as value,
        {{ value_in_words("first_value", "unit") }} as text_before,
        {{ value_in_words("later_value", "unit") }} as text,
        first_figure_id as other_figure_id,
        later_figure_id as figure_id,
        true as is_newsworthy,
        subject_label
        || ' '
        || period_label
        || ': redovisas nu som '
        || {{ value_in_words("later_value", "unit") }}
        || ', tidigare som '
        || {{ value_in_words("first_value", "unit") }}
        || coalesce('. ' || explanation, '') as sentence_sv
    from {{ restatements }}
{% endmacro %}
