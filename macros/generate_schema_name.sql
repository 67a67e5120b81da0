{# Schemas are named as they are configured (marts, staging …), without the target's name in front: queries rely on them. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
