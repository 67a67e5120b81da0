{# What is loaded of each report. #}
{% macro document_answers(documents) %}
    select
        'document' as subject_kind,
        document_id as subject_key,
        municipality_code,
        municipality,
        committee,
        document_id,
        document_title as subject_label,
        case
            when set_aside_reason is null then 'used' when table_count > 0 then 'earlier_version' else 'set_aside'
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
    from {{ documents }}
{% endmacro %}

{# Each printed figure, as it counts. #}
{% macro figure_answers(reported_figures) %}
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
        true as is_newsworthy,
        case when is_edited_by_hand then ' (rättat i arbetsboken)' else '' end as sentence_sv
    from {{ reported_figures }}
{% endmacro %}

{# Each finding, with its severity and status. #}
{% macro finding_answers(audit_findings) %}
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
        severity in ('error', 'needs_a_look') as is_newsworthy,
        concat_ws(': ', nullif(concat_ws(', ', table_title, row_label), ''), message_sv) as sentence_sv
    from {{ audit_findings }}
{% endmacro %}

{# How many key figures each municipality has, and how many were revised. #}
{% macro key_figure_answers(data_coverage, key_figure_revisions) %}
    with
        key_figure_counts as (
            select municipality_code, municipality, sum(figure_count) as figures
            from {{ data_coverage }}
            where subject_kind = 'key_figure'
            group by municipality_code, municipality
        ),

        revision_counts as (
            select municipality_code, count(*) as revisions from {{ key_figure_revisions }} group by municipality_code
        )

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
{% endmacro %}
