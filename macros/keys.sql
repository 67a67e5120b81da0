{# The key of a committee: its municipality's code and its name; NULL for an issuer that is not a committee. #}
{% macro committee_id(municipality_code, committee) -%}
    case when {{ committee }} <> '' then concat_ws(' ', {{ municipality_code }}, {{ committee }}) end
{%- endmacro %}

{# The key of a row of an answering mart, made from its grain; it differs between marts too. #}
{% macro answer_row_id(columns) -%}
    left(
        md5(
            concat_ws(
                '|',
                '{{ this.name }}'
                {% for column in columns %}, coalesce(cast({{ column }} as varchar), ''){% endfor %}
            )
        ),
        16
    )
{%- endmacro %}

{# The label of a code in its dimension, as a scalar: the `activity_label` of an `activity_code`. #}
{% macro label_in(dimension, subject, code) -%}
    (
        select known_label
        from (select {{ subject }}_code as known_code, {{ subject }}_label as known_label from {{ ref(dimension) }})
        where known_code = {{ code }}
    )
{%- endmacro %}

{% macro activity_label(activity_code) -%} {{ label_in("activities", "activity", activity_code) }} {%- endmacro %}
