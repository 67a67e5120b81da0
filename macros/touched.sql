{#
  A build can be limited to what has changed. A model whose `meta` says `touched` then keeps its table: its touched rows
  are deleted, computed again and inserted. `touched` is

  - `municipalities` for a model in which the rows of a municipality depend on that municipality's reports and on seeds
    alone. Its SQL is run unchanged, on views that show only the reports of municipalities where one has changed;
  - `kolada` for a model of Kolada's figures. It names its condition: in the SQL with only_touched, and with
    delete_touched in a pre_hook, which also declares the dependency, so that unit tests need not provide it.

  This happens when KOMMUNLAGER_ONLY_TOUCHED is set, which `kommunlager build` does when it is safe
  (kommunlager/building/partial_build.py); dbt on its own builds everything.
#}
{# Evaluated only during execution: dbt parses again when an environment variable read while parsing has changed. #}
{% macro is_only_touched() -%} {{ return(execute and env_var("KOMMUNLAGER_ONLY_TOUCHED", "") != "") }} {%- endmacro %}

{# Replaces dbt's own materialization, which builds what is not limited. #}
{% materialization table, adapter = "duckdb" %}
    {%- set touched = config.get("meta", {}).get("touched") -%}
    {%- if touched and is_only_touched() -%} {{ return(rebuilt_where_touched(touched)) }} {%- endif -%}
    {{ return(dbt.materialization_table_duckdb()) }}
{% endmaterialization %}

{% macro rebuilt_where_touched(touched) %}
    {%- set select_touched = compiled_code -%}
    {{ run_hooks(pre_hooks) }}
    {%- if touched == "municipalities" -%}
        {%- set condition = (
            run_query("select condition from touched.models where name = '" ~ this.identifier ~ "'")
            .columns[0]
            .values()[0]
        ) -%}
        {%- do run_query("delete from " ~ this ~ " where " ~ condition) -%}
        {%- set select_touched = "from (" ~ of_touched_municipalities(compiled_code) ~ "\n) where " ~ condition -%}
    {%- endif -%}
    {% call statement("main") -%} insert into {{ this }} by name ({{ select_touched }}) {%- endcall %}
    {% do adapter.commit() %}
    {{ return({"relations": [this]}) }}
{% endmacro %}

{# The SQL of a model, reading the views below instead of what they show a part of. #}
{% macro of_touched_municipalities(compiled) %}
    {%- set sql = namespace(text=compiled) -%}
    {%- for id in model.depends_on.nodes if id in graph.nodes -%}
        {%- set read = graph.nodes[id] -%}
        {%- if read.config.meta.touched == "municipalities" -%}
            {%- set view = '"' ~ read.database ~ '"."touched"."' ~ read.alias ~ '"' -%}
            {%- set sql.text = sql.text.replace(read.relation_name, view) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(sql.text) }}
{% endmacro %}

{#
  Before a limited build: schema `touched` with the municipalities where a report is new, changed or gone, all documents
  of those municipalities, and for each model the condition for its rows about them and a view of those rows.
#}
{% macro note_touched_municipalities() %}
    {%- set documents = source("raw", "report_documents") -%}
    {%- set built = source("built", "reports_built") -%}
    {% set names = [] -%}
    {%- for node in graph.nodes.values() if node.config.meta.touched == "municipalities" -%}
        {%- do names.append("'" ~ node.alias ~ "'") -%}
    {%- endfor -%}
    {%- set touched_tables -%}
        drop schema if exists touched cascade;
        create schema touched;

        create table touched.municipalities as
        select distinct coalesce(municipality_code, '') as municipality_code
        from (
            (
                select document_id, municipality_code, file_hash from {{ documents }}
                except
                select document_id, municipality_code, file_hash from {{ built }}
            )
            union all
            (
                select document_id, municipality_code, file_hash from {{ built }}
                except
                select document_id, municipality_code, file_hash from {{ documents }}
            )
        );

        create table touched.documents as
        select document_id
        from (
            select document_id, municipality_code from {{ documents }}
            union
            select document_id, municipality_code from {{ built }}
        )
        where coalesce(municipality_code, '') in (select municipality_code from touched.municipalities);

        create table touched.models as
        select
            schema_name,
            table_name as name,
            case
                when bool_or(column_name = 'municipality_code')
                then 'coalesce(municipality_code, '''') in (select municipality_code from touched.municipalities)'
                when bool_or(column_name = 'document_id')
                then 'document_id in (select document_id from touched.documents)'
                else
                    'split_part('
                    || arg_min(column_name, column_index) filter (
                        where column_name in ('table_id', 'row_id', 'figure_id', 'target_figure_id', 'result_figure_id')
                    )
                    || ', ''.'', 1) in (select document_id from touched.documents)'
            end as condition
        from duckdb_columns()
        where
            table_name in ({{ names | join(", ") }}) and schema_name in ('staging', 'intermediate', 'marts')
        group by schema_name, table_name
    {%- endset -%}
    {% do run_query(touched_tables) %}
    {% for row in run_query("select schema_name, name, condition from touched.models") %}
        create view touched."{{ row[1] }}" as select * from "{{ row[0] }}"."{{ row[1] }}" where {{ row[2] }};
    {% endfor %}
{% endmacro %}

{# `touched` is one of the conditions below. #}
{% macro delete_touched(touched) -%}
    {%- set condition = touched() -%}
    {%- if is_only_touched() -%} delete from {{ this }} where {{ condition }} {%- endif -%}
{%- endmacro %}

{# For a model of Kolada's figures: the condition of a limited build, otherwise none. #}
{% macro only_touched(touched) -%} {{ touched() if is_only_touched() else "true" }} {%- endmacro %}

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
            {{ note_touched_municipalities() }}
        {% endif %}
        {% if not is_only_touched() %}
            drop schema if exists touched cascade;
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
        create table if not exists raw.reports_built (document_id varchar, municipality_code varchar, file_hash varchar);
    {% endif %}
{% endmacro %}
