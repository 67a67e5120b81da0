{# Models of Kolada's figures can be built anew where something has changed, and left as they are elsewhere. They are when
   KOMMUNLAGER_ONLY_TOUCHED says so, which `kommunlager build` sets when it is safe (kommunlager/touched.py); dbt by itself
   builds them whole. It is no variable of dbt's, since with another value of those dbt parses everything anew.
   int_kolada_touched says which years of which KPIs have changed. #}
{% macro is_only_touched() -%} {{ return(env_var("KOMMUNLAGER_ONLY_TOUCHED", "") != "") }} {%- endmacro %}

{% macro table_or_touched() -%} {{ "incremental" if is_only_touched() else "table" }} {%- endmacro %}

{# For a pre_hook: makes room for what is built anew. `touched` is one of the conditions below. #}
{% macro delete_touched(touched) -%}
    {%- if is_incremental() -%} delete from {{ this }} where {{ touched }} {%- endif -%}
{%- endmacro %}

{# For a model: the condition where only what is touched is built, else no condition. #}
{% macro only_touched(touched) -%} {{ touched if is_only_touched() and is_incremental() else "true" }} {%- endmacro %}

{# An input of a model only where it is used, so that unit tests need not give it. #}
{% macro _touched() -%} {{ ref("int_kolada_touched") if is_only_touched() }} {%- endmacro %}

{% macro touched_years() -%} (kpi_id, year) in (select kpi_id, "year" from {{ _touched() }}) {%- endmacro %}

{# A change from year to year is touched when either year is. #}
{% macro touched_changes() -%}
    (kpi_id, year) in (select kpi_id, unnest(["year", "year" + 1]) from {{ _touched() }})
{%- endmacro %}

{# What looks at all years of a KPI at once is touched by any of them. #}
{% macro touched_kpis() -%} kpi_id in (select kpi_id from {{ _touched() }}) {%- endmacro %}

{# Runs before dbt builds anything: the marts are not whole until `kommunlager build` says that they are again. #}
{% macro marts_are_being_built() %}
    {% if execute and flags.WHICH in ("run", "build") %}
        create schema if not exists raw;
        create table if not exists raw.marts_built (
            fingerprint varchar, last_batch_no bigint, last_loaded_at timestamp, last_day date, is_whole boolean
        );
        update raw.marts_built set is_whole = false;
    {% endif %}
{% endmacro %}
