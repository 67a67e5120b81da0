{#
  Every column of every mart, from dbt's graph: its place, type and description, and what the tests check of it. A
  release leaves out lists, so they aren't here.
#}
{% macro columns_of_marts() %}
    {% set found = [] %}
    {% for model in graph.get("nodes", {}).values() | selectattr("resource_type", "equalto", "model") | sort(
        attribute="name"
    ) %}
        {% if model.config.schema == "marts" %}
            {% set checked = columns_that_tests_check(model.unique_id) %}
            {% for column in model.columns.values() | rejectattr("data_type", "equalto", "varchar[]") %}
                {% do found.append(
                    {
                        "mart": model.name,
                        "ordinal": loop.index,
                        "name": column.name,
                        "data_type": column.data_type,
                        "is_key": column.name in checked.unique,
                        "is_nullable": column.name not in checked.not_null,
                        "description": column.description | trim,
                    }
                ) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{# The key of a model, and its columns without NULL, as its tests have them. #}
{% macro columns_that_tests_check(model_id) %}
    {% set checked = {"unique": [], "not_null": []} %}
    {% for test in graph.get("nodes", {}).values() | selectattr("resource_type", "equalto", "test") %}
        {% if test.test_metadata and test.attached_node == model_id %}
            {% set columns = test.test_metadata.kwargs.columns or [test.column_name] %}
            {% if test.test_metadata.name in ["unique", "unique_combination"] %} {% do checked.unique.extend(columns) %}
            {% elif test.test_metadata.name in ["not_null", "not_null_columns"] %}
                {% do checked.not_null.extend(columns) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {{ return(checked) }}
{% endmacro %}
