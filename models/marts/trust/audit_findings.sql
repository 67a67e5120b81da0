with
    rules as (select * from {{ ref("audit_rules") }}),
    corrections as (select * from {{ ref("stg_seeds__corrections") }}),
    figures as (select * from {{ ref("int_figures") }}),
    tables as (select * from {{ ref("int_tables_interpreted") }}),
    rows as (select * from {{ ref("int_rows_parented") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    likened as (select * from {{ ref("int_headers_likened") }}),

    detected as (
        {% for family in [
            "figure",
            "percent",
            "row",
            "unit",
            "target",
            "header",
            "column",
            "history",
            "note",
            "override",
            "limit",
            "list",
            "measure",
            "unread",
        ] %}
            select * from {{ ref("int_audit_" ~ family ~ "_findings") }} {{ "union all by name" if not loop.last }}
        {% endfor %}
    ),

    -- An error that a person has found and corrected is a finding even if no rule detects it.
    corrected_only as (
        select
            'corrected_in_print' as rule,
            corrections.table_id,
            corrections.row_id,
            corrections.col_no,
            corrections.printed as printed_text
        from corrections
        inner join tables on corrections.table_id = tables.table_id
        left join
            detected
            on corrections.table_id = detected.table_id
            and corrections.row_id is not distinct from detected.row_id
            and corrections.col_no is not distinct from detected.col_no
        where detected.rule is null
    ),

    found as (
        select *
        from detected
        union all by name
        select *
        from corrected_only
    ),

    placed as (
        select
            found.* exclude (detail),
            coalesce(found.detail, likened.known_header) as detail,
            rows.row_no,
            rows.row_label,
            columns.column_header,
            corrections.correction_id,
            corrections.corrected,
            corrections.reason,
            others.document_id as document_of_other_figure
        from found
        left join
            likened on case when found.rule = 'header_not_mapped' then found.printed_text end = likened.column_header
        left join rows on found.row_id = rows.row_id
        left join columns on found.table_id = columns.table_id and found.col_no = columns.col_no
        left join
            corrections
            on found.table_id = corrections.table_id
            and found.row_id is not distinct from corrections.row_id
            and found.col_no is not distinct from corrections.col_no
        left join figures as others on found.other_figure_id = others.figure_id
    )

select
    placed.rule
    || ':'
    || coalesce(placed.row_id, placed.table_id, placed.printed_text)
    || coalesce('.c' || placed.col_no, '') as finding_id,
    placed.rule,
    rules.severity,
    {{ wording_sv("'severity'", "rules.severity") }} as severity_sv,
    case when placed.correction_id is not null or placed.is_answered then 'corrected' else 'open' end as status,
    {{
        wording_sv(
            "'finding_status'",
            "case when placed.correction_id is not null or placed.is_answered then 'corrected' else 'open' end",
        )
    }} as status_sv,
    tables.municipality_code,
    tables.municipality,
    tables.committee,
    {{ committee_id("tables.municipality_code", "tables.committee") }} as committee_id,
    tables.document_id,
    tables.table_no,
    placed.row_no,
    placed.col_no,
    tables.section,
    tables.table_title,
    placed.row_label,
    placed.column_header,
    placed.printed_text,
    cast(placed.printed_value as decimal(18, 4)) as printed_value,
    cast(placed.computed_value as decimal(18, 4)) as computed_value,
    cast(placed.printed_value - placed.computed_value as decimal(18, 4)) as difference,
    cast(placed.tolerance as decimal(18, 6)) as tolerance,
    {{ worded("rules.message_sv", "placed") }}
    || coalesce(' Rättat till ' || placed.corrected || ': ' || placed.reason || '.', '') as message_sv,
    {{ worded("rules.message_en", "placed") }} || coalesce(
        ' Corrected to '
        || placed.corrected
        || ' ('
        || placed.correction_id
        || ' in seeds/corrections.csv gives the reason).',
        ''
    ) as message_en,
    -- A cell without a figure has no figure to join.
    case when placed.rule <> 'figure_missing' then placed.figure_id end as figure_id,
    coalesce(placed.other_document_id, placed.document_of_other_figure) as other_document_id,
    placed.other_figure_id,
    coalesce(placed.also_fails, cast([] as varchar[])) as also_fails
from placed
inner join rules on placed.rule = rules.rule
left join tables on placed.table_id = tables.table_id
