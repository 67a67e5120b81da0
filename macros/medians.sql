{# The median of decimals, rounded to the given number of places. DuckDB itself truncates the mean of the middle two. #}
{% macro median_of_decimals(value, places, window) -%}
    cast(
        median(cast({{ value }} as decimal(18, {{ places + 1 }})))
        {% if window %} over {{ window }} {% endif %} as decimal(18, {{ places }})
    )
{%- endmacro %}
