{# The status of each current goal. #}
{% macro goal_answers(goal_fulfilment) %}
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
        true as is_newsworthy,
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
    from {{ goal_fulfilment }}
    where is_current
{% endmacro %}

{# Each target that a later report has moved. #}
{% macro target_answers(target_changes) %}
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
        true as is_newsworthy,
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
    from {{ target_changes }}
    where counted_direction <> 'same'
{% endmacro %}
