{#
  Schemas have the configured names (marts, staging …), without the name of the target as prefix, since queries rely
  on them.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
