{# Models of Kolada's figures can be built anew where something has changed, and left as they are elsewhere. They are when
   KOMMUNLAGER_ONLY_TOUCHED says so, which `kommunlager build` sets when it is safe (kommunlager/building/partial_build.py); dbt by itself
   builds them whole. int_kolada_touched says which years of which KPIs have changed. #}
{# Asked only when something is carried out: what dbt reads while it parses makes it parse anew when it differs. #}
{% macro is_only_touched() -%} {{ return(execute and env_var("KOMMUNLAGER_ONLY_TOUCHED", "") != "") }} {%- endmacro %}

{# In place of dbt's own, which its materialization `incremental` asks: without the above that builds everything. #}
{% macro should_full_refresh() -%}
    {%- set configured = config.get("full_refresh") -%}
    {{ return(not is_only_touched() if configured is none else configured) }}
{%- endmacro %}

{# For a pre_hook: makes room for what is built anew. `touched` is one of the conditions below. #}
{% macro delete_touched(touched) -%}
    {%- set condition = touched() -%}
    {%- if is_incremental() -%} delete from {{ this }} where {{ condition }} {%- endif -%}
{%- endmacro %}

{# For a model: the condition where only what is touched is built, else no condition. Its pre_hook tells dbt what it reads,
   so that unit tests need not give it. #}
{% macro only_touched(touched) -%} {{ touched() if is_only_touched() and is_incremental() else "true" }} {%- endmacro %}

{% macro touched_years() -%}
    (kpi_id, year) in (select kpi_id, "year" from {{ ref("int_kolada_touched") }})
{%- endmacro %}

{# A change from year to year is touched when either year is. #}
{% macro touched_changes() -%}
    (kpi_id, year) in (select kpi_id, unnest(["year", "year" + 1]) from {{ ref("int_kolada_touched") }})
{%- endmacro %}

{# What looks at all years of a KPI at once is touched by any of them. #}
{% macro touched_kpis() -%} kpi_id in (select kpi_id from {{ ref("int_kolada_touched") }}) {%- endmacro %}

{# Runs before dbt builds anything: the marts are not whole until `kommunlager build` says that they are again. DuckDB puts
   what several models write in its place once, at the end, and where little has changed leaves the gaps of what was deleted
   to the next build of everything. #}
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
