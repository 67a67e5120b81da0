{# Each text can be used as a regular expression. #}
{% test regular_expression(model, column_name) %}
    select {{ column_name }}
    from {{ model }}
    where {{ column_name }} is not null and try(regexp_matches('', {{ column_name }})) is null
{% endtest %}
