{#
  The grain of the model: no two rows have the same values in these columns. An incremental build tests only the KPIs
  that it rebuilt.
#}
{% test unique_combination(model, columns, is_built_by_kpi=false) %}
    {%- set condition = touched_kpis() if is_built_by_kpi -%}
    select {{ columns | join(", ") }}, count(*) as rows_sharing_it
    from {{ model }}
    {% if is_built_by_kpi and is_only_touched() %} where {{ condition }} {% endif %}
    group by {{ columns | join(", ") }}
    having count(*) > 1
{% endtest %}
