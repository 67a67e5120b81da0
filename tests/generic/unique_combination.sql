{# The model's grain: no two rows share these columns. Where only touched KPIs are built anew, only those need the test. #}
{% test unique_combination(model, columns, is_built_by_kpi=false) %}
    {%- set condition = touched_kpis() if is_built_by_kpi -%}
    select {{ columns | join(", ") }}, count(*) as rows_sharing_it
    from {{ model }}
    {% if is_built_by_kpi and is_only_touched() %} where {{ condition }} {% endif %}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
