-- Which columns of the answering marts hold ids of printed figures: one in each row, or a list.
{% set answers = [
    ("budget_changes", "row_id", ["first_figure_id", "later_figure_id"], []),
    (
        "budget_deviations",
        "row_id",
        ["budget_figure_id", "compared_figure_id", "deviation_figure_id", "original_budget_figure_id"],
        ["input_figure_ids"],
    ),
    (
        "budget_follow_up",
        "row_id",
        [
            "budget_figure_id",
            "period_budget_figure_id",
            "outcome_to_date_figure_id",
            "same_period_last_year_figure_id",
            "forecast_figure_id",
        ],
        [],
    ),
    ("forecast_accuracy", "row_id", ["forecast_figure_id", "outcome_figure_id"], ["input_figure_ids"]),
    ("series", "row_id", ["figure_id"], ["input_figure_ids"]),
    ("year_over_year_changes", "row_id", ["figure_id", "previous_figure_id"], ["input_figure_ids"]),
    ("municipality_comparisons", "row_id", ["figure_id"], ["input_figure_ids"]),
    ("reported_vs_kolada", "row_id", ["figure_id"], []),
    ("goal_fulfilment", "row_id", ["target_figure_id", "value_figure_id", "document_value_figure_id"], []),
    ("target_changes", "row_id", ["first_target_figure_id", "later_target_figure_id"], []),
    ("restatements", "row_id", ["first_figure_id", "later_figure_id"], []),
    (
        "municipality_results",
        "row_id",
        [
            "result_figure_id",
            "result_after_adjustments_figure_id",
            "balance_requirement_result_figure_id",
            "deficit_to_restore_figure_id",
            "result_pct_figure_id",
            "equity_ratio_figure_id",
        ],
        ["adjustment_figure_ids", "to_reserve_figure_ids", "from_reserve_figure_ids"],
    ),
    ("assessments", "assessment_id", ["risk_value_figure_id"], []),
    ("audit_findings", "finding_id", ["figure_id", "other_figure_id"], ["also_fails"]),
] %}

with
    sources as (
        {% for mart, key, columns, lists in answers %}
            {% for column in columns %}
                select
                    '{{ mart }}' as mart,
                    {{ key }} as row_id,
                    {{ column }} as figure_id,
                    '{{ "value" if column == "figure_id" else column | replace("_figure_id", "") }}' as role
                from {{ ref(mart) }}
                where {{ column }} is not null {{ "union all" if not loop.last or lists }}
            {% endfor %}
            {% for column in lists %}
                -- A list may repeat what has a column of its own.
                select
                    '{{ mart }}' as mart,
                    {{ key }} as row_id,
                    unnest(
                        list_distinct(
                            list_filter(
                                {{ column }},
                                id -> id not in ('' {% for named in columns %}, coalesce({{ named }}, ''){% endfor %})
                            )
                        )
                    ) as figure_id,
                    '{{ column | replace("_figure_ids", "") }}' as role
                from {{ ref(mart) }} {{ "union all" if not loop.last }}
                {% endfor %} {{ "union all" if not loop.last }}
        {% endfor %}
    )

select mart, row_id, figure_id, role, {{ wording_sv("'figure_role'", "role") }} as role_sv
from sources
order by mart, row_id, role, figure_id
