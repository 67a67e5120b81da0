{# Columns that hold only the codes listed for them, or nothing; a failing row comes with the names of the columns. #}
{% test accepted_codes(model, columns) %}
    select
        concat_ws(
            ', '
            {% for column, codes in columns.items() %}
                , case when {{ column }} not in ('{{ codes | join("', '") }}') then '{{ column }}' end
            {% endfor %}
        ) as unknown_codes,
        *
    from {{ model }}
    where
        {% for column, codes in columns.items() %}
            {{ column }} not in ('{{ codes | join("', '") }}') {{ "or" if not loop.last }}
        {% endfor %}
{% endtest %}
