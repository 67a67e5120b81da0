{#
  When the newest file of a landed table arrived, in UTC. A table without files is not stale, since nothing has been
  requested.
#}
{% macro last_loaded(relation) -%}
    select coalesce(max(loaded_at), cast(current_timestamp at time zone 'UTC' as timestamp)) from {{ relation }}
{%- endmacro %}
