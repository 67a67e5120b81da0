{#
  Every answer that the news compare, of the marts that are built or (`published`) of the published release: what it is
  about, what it says, and its figures. Keys are made of the marts' own keys, never of the order of rows.
#}
{% macro answers_for_news(published) %}
    {%- set marts = {} -%}
    {%- for mart in marts_for_news() -%}
        {%- do marts.update({mart: source("published", "published_" ~ mart) if published else ref(mart)}) -%}
    {%- endfor %}

    with
        current_deviations as ({{ current_deviations(marts["budget_deviations"]) }}),
        documents as ({{ document_answers(marts["documents"]) }}),
        deviations as ({{ deviation_answers("current_deviations") }}),
        doubts as ({{ doubt_answers("current_deviations") }}),
        goals as ({{ goal_answers(marts["goal_fulfilment"]) }}),
        targets as ({{ target_answers(marts["target_changes"]) }}),
        budgets as ({{ budget_answers(marts["budget_changes"]) }}),
        restatements as ({{ restatement_answers(marts["restatements"]) }}),
        findings as ({{ finding_answers(marts["audit_findings"]) }}),
        figures as ({{ figure_answers(marts["reported_figures"]) }}),
        key_figures as ({{ key_figure_answers(marts["data_coverage"], marts["key_figure_revisions"]) }})

    {% for answers in [
            "documents",
            "deviations",
            "doubts",
            "goals",
            "targets",
            "budgets",
            "restatements",
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

{# The marts that the news compare. #}
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
