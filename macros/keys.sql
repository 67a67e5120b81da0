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

{# The name of an activity, as a scalar; of one that no seed knows, the label first printed for it. #}
{% macro activity_label(activity_code) -%}
    (
        select known_label
        from (select activity_code as known_code, activity_label as known_label from {{ ref("activities") }})
        where known_code = {{ activity_code }}
    )
{%- endmacro %}
