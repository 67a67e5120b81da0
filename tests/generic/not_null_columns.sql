{# Columns that hold a value in every row; a failing row comes with the names of its empty columns. #}
{% test not_null_columns(model, columns) %}
    select
        concat_ws(
            ', '{% for column in columns %}, case when {{ column }} is null then '{{ column }}' end{% endfor %}
        ) as empty_columns,
        *
    from {{ model }}
    where {% for column in columns %} {{ column }} is null {{ "or" if not loop.last }} {% endfor %}
{% endtest %}
