{#
  Models of Kolada's figures can be built incrementally: only the KPIs and years in int_kolada_touched are rebuilt.
  This happens when KOMMUNLAGER_ONLY_TOUCHED is set, which `kommunlager build` does when it is safe
  (kommunlager/building/partial_build.py); dbt on its own builds everything.
#}
{# Evaluated only during execution: dbt parses again when an environment variable read while parsing has changed. #}
{% macro is_only_touched() -%} {{ return(execute and env_var("KOMMUNLAGER_ONLY_TOUCHED", "") != "") }} {%- endmacro %}

{#
  Replaces the macro of dbt that its materialization `incremental` calls: without the variable above, everything is
  rebuilt.
#}
{% macro should_full_refresh() -%}
    {%- set configured = config.get("full_refresh") -%}
    {{ return(not is_only_touched() if configured is none else configured) }}
{%- endmacro %}

{# For a pre_hook: deletes what is about to be rebuilt. `touched` is one of the conditions below. #}
{% macro delete_touched(touched) -%}
    {%- set condition = touched() -%}
    {%- if is_incremental() -%} delete from {{ this }} where {{ condition }} {%- endif -%}
{%- endmacro %}

{#
  For a model: the condition of an incremental build, otherwise none. The pre_hook declares the dependency, so that
  unit tests need not provide it.
#}
{% macro only_touched(touched) -%} {{ touched() if is_only_touched() and is_incremental() else "true" }} {%- endmacro %}

{% macro touched_years() -%}
    (kpi_id, year) in (select kpi_id, "year" from {{ ref("int_kolada_touched") }})
{%- endmacro %}

{# A change between two years is touched when either year is. #}
{% macro touched_changes() -%}
    (kpi_id, year) in (select kpi_id, unnest(["year", "year" + 1]) from {{ ref("int_kolada_touched") }})
{%- endmacro %}

{# A model that uses all years of a KPI at once is touched by any of them. #}
{% macro touched_kpis() -%} kpi_id in (select kpi_id from {{ ref("int_kolada_touched") }}) {%- endmacro %}

{#
  Runs before dbt builds anything: the marts are incomplete until `kommunlager build` records that they are complete
  again. DuckDB writes its checkpoint once, at the end; the space of deleted rows is reused at the next full build.
#}
{% macro marts_are_being_built() %}
    {% if execute and flags.WHICH in ("run", "build") %}
        set global checkpoint_threshold = '1GB'
        ;
        {% if is_only_touched() %}
            set global max_vacuum_tasks = 0
            ;
        {% endif %}
        create schema if not exists raw;
        create table if not exists raw.marts_built (
            fingerprint varchar,
            last_batch_no bigint,
            last_loaded_at timestamp,
            last_day date,
            builds_of_touched integer,
            is_whole boolean
        );
        update raw.marts_built set is_whole = false;
    {% endif %}
{% endmacro %}
