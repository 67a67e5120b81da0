with
    rows as (select * from {{ ref("int_rows_parented") }}),
    tables as (select * from {{ ref("int_tables_interpreted") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    figures as (select * from {{ ref("int_figures") }}),

    fields as (
        select
            row_id,
            {% for field in [
                "subject",
                "control",
                "printed_status",
                "start_text",
                "category",
                "priority",
                "likelihood",
                "consequence",
                "risk_value",
                "frequency",
                "method",
            ] %}
                max(nullif(counted_text, '')) filter (where assessment_field = '{{ field }}') as {{ field }},
                max(figure_id) filter (
                    where assessment_field = '{{ field }}' and counted_text <> ''
                ) as {{ field }}_figure_id{{ "," if not loop.last }}
            {% endfor %}
        from figures
        group by row_id
    )

select
    rows.row_id as assessment_id,
    tables.municipality_code,
    tables.municipality,
    tables.committee,
    {{ committee_id("tables.municipality_code", "tables.committee") }} as committee_id,
    rows.document_id,
    tables.information_date as as_of_date,
    tables.assessment_kind,
    {{ wording_sv("'assessment_kind'", "tables.assessment_kind") }} as assessment_kind_sv,
    coalesce(fields.subject, rows.row_label) as assessment_label,
    case when fields.subject is not null then rows.row_label else tables.table_title end as group_label,
    fields.control as control_label,
    fields.printed_status,
    fields.category,
    fields.start_text,
    try_cast(fields.start_text as date) as start_date,
    try_cast(regexp_extract(fields.start_text, '^(\d{4})', 1) as integer) as start_year,
    try_cast(fields.priority as integer) as priority,
    fields.likelihood,
    fields.consequence,
    try_cast(fields.risk_value as integer) as risk_value,
    fields.risk_value_figure_id,
    fields.frequency,
    fields.method,
    rows.table_no,
    rows.row_no,
    rows.source_line,
    {{
        source_ref(
            "tables.municipality",
            "documents.document_title",
            "tables.section",
            "tables.table_title",
            "rows.row_label",
        )
    }} as source_ref
from rows
inner join tables on rows.table_id = tables.table_id
inner join documents on rows.document_id = documents.document_id
left join fields on rows.row_id = fields.row_id
where tables.assessment_kind is not null and tables.assessment_kind <> 'core_mission' and not rows.is_heading
