{# The median of decimals, rounded to as many places. DuckDB halves a sum in the decimals' own places and cuts the rest off. #}
{% macro median_of_decimals(value, places, window) -%}
    cast(
        median(cast({{ value }} as decimal(18, {{ places + 1 }})))
        {% if window %} over {{ window }} {% endif %} as decimal(18, {{ places }})
    )
{%- endmacro %}
