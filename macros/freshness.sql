{# When the newest file of a landed table came, in UTC. A table without files is not stale: nobody has asked for it. #}
{% macro last_loaded(relation) -%}
    select coalesce(max(loaded_at), cast(current_timestamp at time zone 'UTC' as timestamp)) from {{ relation }}
{%- endmacro %}
