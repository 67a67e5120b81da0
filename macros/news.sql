{#
  Every answer that the news compare, of the marts that are built or (`published`) of the published release: what it is
  about, what it says, and its figures. Keys are made of the marts' own keys, never of the order of rows.
#}
{% macro answers_for_news(published) %}
    {%- set marts = {} -%}
    {%- if published -%}
        {%- for mart in marts_for_news() -%}
            {%- do marts.update({mart: source("published", "published_" ~ mart)}) -%}
        {%- endfor -%}
    {%- else -%} {%- for mart in marts_for_news() -%} {%- do marts.update({mart: ref(mart)}) -%} {%- endfor -%}
    {%- endif %}

    with
        documents as (
            select
                'document' as subject_kind,
                document_id as subject_key,
                municipality_code,
                municipality,
                committee,
                document_id,
                document_title as subject_label,
                case
                    when set_aside_reason is null
                    then 'used'
                    when table_count > 0
                    then 'earlier_version'
                    else 'set_aside'
                end as state,
                cast(figure_count as decimal(18, 4)) as value,
                true as is_headline,
                case
                    when set_aside_reason is null
                    then
                        figure_count
                        || ' uppgifter i '
                        || table_count
                        || case table_count when 1 then ' tabell' else ' tabeller' end
                        || ', till och med '
                        || {{ swedish_day("information_date") }}
                    else left(set_aside_reason, 300)
                end as sentence_sv
            from {{ marts["documents"] }}
        ),

        current_deviations as (
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
                -- What a year has come to so far is told only while nothing is known about its end.
                is_headline
                and (
                    answer_to = 'year_end'
                    or (
                        fiscal_year = year(as_of_date)
                        and not bool_or(answer_to = 'year_end') over (
                            partition by
                                municipality_code, committee, subject_scope, fiscal_year, breakdown = 'investment'
                        )
                    )
                ) as is_main_answer
            from {{ marts["budget_deviations"] }}
            where is_current
        ),

        deviations as (
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
                is_main_answer or is_addable as is_told,
                headline_sv || case
                    when deviation_previous_forecast_tkr is not null and breakdown <> 'investment'
                    then '. Tidigare prognos: ' || {{ deviation_in_words("deviation_previous_forecast_tkr", "false") }}
                    else ''
                end as sentence_sv
            from current_deviations
        ),

        doubts as (
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
                is_main_answer or is_addable as is_told,
                subject_label
                || ', prognosen för '
                || subject_year
                || ': '
                || {{ in_sentence("forecast_doubt_sv") }} as sentence_sv
            from current_deviations
            where forecast_doubt is not null
        ),

        goals as (
            select
                'goal' as subject_kind,
                concat_ws(
                    '/', municipality_code, committee, goal_kind, measure_code, activity_code, gender, target_year
                ) as subject_key,
                municipality_code,
                municipality,
                committee,
                coalesce(value_document_id, document_id) as document_id,
                document_id as other_document_id,
                {{ gendered_label("indicator_label", "gender") }} as subject_label,
                target_year as subject_year,
                status as state,
                value,
                status_sv as text,
                coalesce(value_figure_id, target_figure_id) as figure_id,
                goal_kind <> 'committee_mark' as is_headline,
                true as is_told,
                {{ gendered_label("indicator_label", "gender") }}
                || coalesce(', ' || target_year, '')
                || ': '
                || {{ in_sentence("status_sv") }}
                || coalesce(
                    ' ('
                    || {{ value_in_words("value", "unit") }}
                    || coalesce(', målet är ' || nullif(regexp_replace(target_text, '^= ?', ''), indicator_label), '')
                    || ')',
                    ''
                ) as sentence_sv
            from {{ marts["goal_fulfilment"] }}
            where is_current
        ),

        targets as (
            select
                'target' as subject_kind,
                concat_ws(
                    '/',
                    municipality_code,
                    committee,
                    goal_kind,
                    measure_code,
                    activity_code,
                    gender,
                    target_year,
                    later_document_id
                ) as subject_key,
                municipality_code,
                municipality,
                committee,
                later_document_id as document_id,
                {{ gendered_label("indicator_label", "gender") }} as subject_label,
                target_year as subject_year,
                counted_direction as state,
                first_target_text as text_before,
                later_target_text as text,
                first_target_figure_id as other_figure_id,
                later_target_figure_id as figure_id,
                true as is_told,
                {{ gendered_label("indicator_label", "gender") }}
                || coalesce(', ' || target_year, '')
                || ': målet är ändrat från '
                || first_target_text
                || ' till '
                || later_target_text
                || case
                    when counted_direction in ('easier', 'harder')
                    then ' (' || {{ in_sentence("counted_direction_sv") }} || ')'
                    else ''
                end as sentence_sv
            from {{ marts["target_changes"] }}
            where counted_direction <> 'same'
        ),

        budgets as (
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
                (line_role = 'net_cost' and activity_code = 'total') or is_addable as is_told,
                case when breakdown in ('activity', 'sub_activity') then row_label else line_label end
                || ': budgeten för '
                || fiscal_year
                || case
                    when abs(later_budget_tkr) > abs(first_budget_tkr) then ' är höjd med ' else ' är sänkt med '
                end
                || {{ amount_in_words("abs(later_budget_tkr) - abs(first_budget_tkr)") }}
                || ', från '
                || {{ amount_in_words("first_budget_tkr") }}
                || ' till '
                || {{ amount_in_words("later_budget_tkr") }}
                || case change_kind when 'unknown' then '' else ' (' || {{ in_sentence("change_kind_sv") }} || ')' end
                || coalesce('. ' || explanation, '') as sentence_sv
            from {{ marts["budget_changes"] }}
        ),

        restated as (
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
                true as is_told,
                subject_label
                || ' '
                || period_label
                || ': redovisas nu som '
                || {{ value_in_words("later_value", "unit") }}
                || ', tidigare som '
                || {{ value_in_words("first_value", "unit") }}
                || coalesce('. ' || explanation, '') as sentence_sv
            from {{ marts["restatements"] }}
        ),

        findings as (
            select
                'finding' as subject_kind,
                finding_id as subject_key,
                municipality_code,
                municipality,
                committee,
                document_id,
                concat_ws(', ', table_title, row_label) as subject_label,
                severity || '/' || status as state,
                figure_id,
                severity = 'error' as is_headline,
                severity in ('error', 'needs_a_look') as is_told,
                concat_ws(': ', nullif(concat_ws(', ', table_title, row_label), ''), message_sv) as sentence_sv
            from {{ marts["audit_findings"] }}
        ),

        figures as (
            select
                'figure' as subject_kind,
                figure_id as subject_key,
                municipality_code,
                municipality,
                committee,
                document_id,
                concat_ws(', ', table_title, row_label, column_header) as subject_label,
                counted_text as text,
                figure_id,
                is_edited_by_hand as is_headline,
                true as is_told,
                case when is_edited_by_hand then ' (rättat i arbetsboken)' else '' end as sentence_sv
            from {{ marts["reported_figures"] }}
        ),

        key_figure_counts as (
            select municipality_code, municipality, sum(figure_count) as figures
            from {{ marts["data_coverage"] }}
            where subject_kind = 'key_figure'
            group by municipality_code, municipality
        ),

        revision_counts as (
            select municipality_code, count(*) as revisions
            from {{ marts["key_figure_revisions"] }}
            group by municipality_code
        ),

        key_figures as (
            select
                'key_figures' as subject_kind,
                counts.municipality_code as subject_key,
                counts.municipality_code,
                counts.municipality,
                'Nyckeltal, ' || counts.municipality as subject_label,
                cast(coalesce(revisions.revisions, 0) as varchar) as state,
                cast(counts.figures as decimal(18, 4)) as value
            from key_figure_counts as counts
            left join revision_counts as revisions on counts.municipality_code = revisions.municipality_code
        )

    {% for answers in [
            "documents",
            "deviations",
            "doubts",
            "goals",
            "targets",
            "budgets",
            "restated",
            "findings",
            "figures",
            "key_figures",
        ] %}
        select *
        from {{ answers }}
        {% if not loop.last %}
            union all by name
        {% endif %}
    {% endfor %}
{% endmacro %}

{# The marts that the news compare, with what each is about in Swedish. #}
{% macro marts_for_news() -%}
    {{
        return(
            [
                "documents",
                "budget_deviations",
                "goal_fulfilment",
                "target_changes",
                "budget_changes",
                "restatements",
                "audit_findings",
                "reported_figures",
                "data_coverage",
                "key_figure_revisions",
            ]
        )
    }}
{%- endmacro %}

{# A deviation in words: `7,1 mnkr sämre än budget`; investments are lower or higher. #}
{% macro deviation_in_words(tkr, is_investment) -%}
    case
        when round({{ tkr }}) = 0
        then 'enligt budget'
        else
            {{ amount_in_words(tkr) }} || case
                when {{ is_investment }}
                then case when {{ tkr }} > 0 then ' lägre' else ' högre' end
                else case when {{ tkr }} > 0 then ' bättre' else ' sämre' end
            end
            || ' än budget'
    end
{%- endmacro %}

{# A label with the gender that its figures are about. #}
{% macro gendered_label(label, gender) -%}
    {{ label }} || case {{ gender }} when 'K' then ', kvinnor' when 'M' then ', män' else '' end
{%- endmacro %}

{# Words that begin with a capital letter, as they are within a sentence. #}
{% macro in_sentence(words) -%} lower({{ words }} [1]) || {{ words }} [2:] {%- endmacro %}

{# A value with its unit: `86 %`, `ja`; NULL without a value. #}
{% macro value_in_words(value, unit) -%}
    case
        when {{ unit }} = 'yes_no'
        then case when {{ value }} = 0 then 'nej' else 'ja' end
        else concat_ws(' ', {{ swedish_print_short(value) }}, {{ wording_sv("'unit'", unit) }})
    end
{%- endmacro %}

{# A day in words: `31 augusti 2025`. #}
{% macro swedish_day(day) -%}
    day({{ day }})
    || ' '
    || (
        [
            'januari',
            'februari',
            'mars',
            'april',
            'maj',
            'juni',
            'juli',
            'augusti',
            'september',
            'oktober',
            'november',
            'december'
        ]
    )[month({{ day }})]
    || ' '
    || year({{ day }})
{%- endmacro %}

{# How good the status of a goal is; 0 where it can't be judged. #}
{% macro rank_of_goal(status) -%}
    case {{ status }} when 'met' then 3 when 'partly_met' then 2 when 'not_met' then 1 else 0 end
{%- endmacro %}

{# A deviation with what it was before (and where that was said, if in another report), and by how much it changed. #}
{% macro changed_deviation_sv(verdict) -%}
    split_part(sentence_now, '. Tidigare prognos: ', 1)
    || '. Tidigare: '
    || text_before
    || case
        when kinds.document_id is distinct from kinds.document_id_before
        then coalesce(' (' || titles_before.document_title || ')', '')
        else ''
    end
    || '. '
    || {{ verdict }}
    || ': '
    || {{ amount_in_words("answer_now - answer_before") }}
{%- endmacro %}

{# When a release was made, in Swedish time: `28 november 2026 kl. 06.00`. #}
{% macro release_time_sv(released_at) -%}
    {%- set local = "(" ~ released_at ~ " at time zone 'UTC' at time zone 'Europe/Stockholm')" -%}
    {{ swedish_day(local) }} || strftime({{ local }}, ' kl. %H.%M')
{%- endmacro %}

{# The order of news of one kind: what speaks for the committee first, investments last, the largest change first. #}
{% macro weightiest_first() -%}
    is_headline desc nulls last, state_now = 'investment' nulls first, weight desc nulls last, subject_key
{%- endmacro %}
