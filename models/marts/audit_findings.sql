with
    figures as (select * from {{ ref("int_figures") }}),
    rows as (select * from {{ ref("int_rows_parented") }}),
    tables as (select * from {{ ref("int_tables_interpreted") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    differences as (select * from {{ ref("int_printed_differences") }}),
    corrections as (select * from {{ ref("corrections") }}),
    key_figures as (select * from {{ ref("key_figures") }}),

    wrong_differences as (
        select
            'printed_' || differences.difference_kind || '_is_not_the_difference' as rule,
            case
                when abs(differences.printed_value - differences.computed_value) > differences.tolerance
                then 'error'
                else 'rounding'
            end as severity,
            'open' as status,
            figures.document_id,
            figures.table_no,
            figures.row_no,
            figures.col_no,
            figures.row_label,
            figures.column_header,
            figures.raw_text as printed_text,
            differences.printed_value,
            differences.computed_value,
            differences.tolerance,
            figures.figure_id,
            'Tryckt skillnad '
            || figures.raw_text
            || ' men raden ger '
            || {{ swedish_print_short("differences.computed_value") }}
            || case
                when abs(differences.printed_value - differences.computed_value) > differences.tolerance
                then '; det är mer än avrundning kan förklara.'
                else '; det förklaras av avrundning.'
            end as message_sv,
            'The printed difference is '
            || figures.raw_text
            || ' but the row gives '
            || {{ swedish_print_short("differences.computed_value") }}
            || case
                when abs(differences.printed_value - differences.computed_value) > differences.tolerance
                then '; more than rounding can explain.'
                else '; rounding explains it.'
            end as message_en
        from differences
        inner join figures on differences.figure_id = figures.figure_id
        where differences.printed_value <> differences.computed_value
    ),

    untyped_cells as (
        select
            'cell_could_not_be_typed' as rule,
            'needs_a_look' as severity,
            'open' as status,
            document_id,
            table_no,
            row_no,
            col_no,
            row_label,
            column_header,
            raw_text as printed_text,
            null as printed_value,
            null as computed_value,
            null as tolerance,
            figure_id,
            'Cellen innehåller '''
            || raw_text
            || ''', som inte kan läsas som tal eller mål.' as message_sv,
            'The cell holds '''
            || raw_text
            || ''', which can''t be read as a number or a target.' as message_en
        from figures
        where
            assessment_field is null
            and (
                (value_kind not in ('text', 'mark', 'target', 'approved_range') and cell_kind in ('text', 'mark', 'target'))
                or (value_kind in ('target', 'approved_range') and cell_kind in ('text', 'mark'))
            )
    ),

    unmapped_labels as (
        select distinct on (document_id, table_no, row_no)
            'label_not_mapped' as rule,
            'unmapped' as severity,
            'open' as status,
            document_id,
            table_no,
            row_no,
            null as col_no,
            row_label,
            null as column_header,
            row_label as printed_text,
            null as printed_value,
            null as computed_value,
            null as tolerance,
            figure_id,
            'Ingen kod för etiketten '''
            || row_label
            || '''; lägg till en rad i '
            || case when is_money then 'seeds/budget_line_labels.csv (och seeds/budget_line_definitions.csv om raden är ny).' else 'seeds/measure_labels.csv (och seeds/measure_definitions.csv om måttet är nytt).' end as message_sv,
            'No code for the label '''
            || row_label
            || '''; add a row to '
            || case when is_money then 'seeds/budget_line_labels.csv.' else 'seeds/measure_labels.csv.' end as message_en
        from figures
        where
            not is_mapped
            and cell_kind <> 'blank'
            and (assessment_kind is null or assessment_kind = 'core_mission')
            and value_kind <> 'text'
        order by document_id, table_no, row_no, col_no
    ),

    unmapped_headers as (
        select
            'header_not_mapped' as rule,
            'unmapped' as severity,
            'open' as status,
            document_id,
            table_no,
            null as row_no,
            col_no,
            null as row_label,
            column_header,
            column_header as printed_text,
            null as printed_value,
            null as computed_value,
            null as tolerance,
            null as figure_id,
            'Okänd kolumnrubrik '''
            || column_header
            || '''; lägg till ett mönster i seeds/header_patterns.csv.'
            as message_sv,
            'Unknown column header '''
            || column_header
            || '''; add a pattern to seeds/header_patterns.csv.' as message_en
        from columns
        where not is_header_mapped and not is_commentary
    ),

    unknown_units as (
        select
            'unit_not_known' as rule,
            'unmapped' as severity,
            'open' as status,
            document_id,
            table_no,
            null as row_no,
            null as col_no,
            null as row_label,
            null as column_header,
            unit_printed as printed_text,
            null as printed_value,
            null as computed_value,
            null as tolerance,
            null as figure_id,
            'Okänd enhet '''
            || unit_printed
            || '''; lägg till den i seeds/units.csv.' as message_sv,
            'Unknown unit '''
            || unit_printed
            || '''; add it to seeds/units.csv.' as message_en
        from tables
        where is_unit_unknown
    ),

    -- Two rows of one document that mean the same line, period and kind: only the first counts.
    repeated_lines as (
        select
            'printed_twice_with_different_figures' as rule,
            'needs_a_look' as severity,
            'open' as status,
            figures.document_id,
            figures.table_no,
            figures.row_no,
            figures.col_no,
            figures.row_label,
            figures.column_header,
            figures.raw_text as printed_text,
            figures.value as printed_value,
            null as computed_value,
            null as tolerance,
            figures.figure_id,
            figures.row_label
            || ', '
            || figures.column_header
            || ': ett annat tal står tidigare för samma rad, period och slag; bara det första räknas.' as message_sv,
            figures.row_label
            || ', '
            || figures.column_header
            || ': another figure stands earlier for the same line, period and kind; only the first counts.'
            as message_en
        from figures
        where
            figures.value is not null
            and figures.assessment_field is null
            and figures.value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan')
        qualify
            coalesce(
                figures.amount_tkr,
                figures.value
            ) <> first_value(coalesce(figures.amount_tkr, figures.value)) over (
                partition by
                    figures.document_id,
                    figures.subject_kind,
                    figures.subject_code,
                    figures.activity_code,
                    figures.gender,
                    figures.value_kind,
                    figures.period_basis,
                    figures.period_end
                order by figures.table_no, figures.row_no, figures.col_no desc
            )
    ),

    unknown_kpis as (
        select
            'kpi_not_mapped' as rule,
            'unmapped' as severity,
            'open' as status,
            null as document_id,
            null as table_no,
            null as row_no,
            null as col_no,
            null as row_label,
            null as column_header,
            kpi_id as printed_text,
            null as printed_value,
            null as computed_value,
            null as tolerance,
            null as figure_id,
            'Okänt nyckeltal '
            || kpi_id
            || ' i '
            || min(file_name)
            || '; lägg till det i seeds/kpi_definitions.csv.' as message_sv,
            'Unknown KPI '
            || kpi_id
            || ' in '
            || min(file_name)
            || '; add it to seeds/kpi_definitions.csv.' as message_en
        from key_figures
        where not is_mapped
        group by kpi_id
    ),

    corrected_prints as (
        select
            'printed_' || corrections.field || '_is_wrong' as rule,
            'error' as severity,
            'corrected' as status,
            corrections.document_id,
            corrections.table_no,
            corrections.row_no,
            corrections.col_no,
            rows.row_label,
            columns.column_header,
            corrections.printed as printed_text,
            null as printed_value,
            null as computed_value,
            null as tolerance,
            case
                when corrections.row_no is not null
                then
                    {{
                        figure_id(
                            "corrections.document_id",
                            "corrections.table_no",
                            "corrections.row_no",
                            "corrections.col_no",
                        )
                    }}
            end as figure_id,
            'Tryckt '
            || corrections.printed
            || ', rättat till '
            || corrections.corrected
            || ': '
            || corrections.reason
            || '.' as message_sv,
            'Printed '
            || corrections.printed
            || ', corrected to '
            || corrections.corrected
            || ' ('
            || corrections.correction_id
            || ' in seeds/corrections.csv gives the reason).' as message_en
        from corrections
        left join
            rows
            on corrections.document_id = rows.document_id
            and corrections.table_no = rows.table_no
            and corrections.row_no = rows.row_no
        left join
            columns
            on corrections.document_id = columns.document_id
            and corrections.table_no = columns.table_no
            and corrections.col_no = columns.col_no
        where corrections.document_id in (select tables.document_id from tables)
    ),

    findings as (
        {% for relation in [
            "wrong_differences",
            "untyped_cells",
            "unmapped_labels",
            "unmapped_headers",
            "unknown_units",
            "repeated_lines",
            "unknown_kpis",
            "corrected_prints",
        ] %}
            select * from {{ relation }} {{ "union all" if not loop.last }}
        {% endfor %}
    )

select
    findings.rule
    || ':'
    || coalesce(findings.document_id || '.t' || findings.table_no, findings.printed_text)
    || coalesce('.r' || findings.row_no, '')
    || coalesce('.c' || findings.col_no, '') as finding_id,
    findings.rule,
    findings.severity,
    {{ wording_sv("'severity'", "findings.severity") }} as severity_sv,
    findings.status,
    tables.municipality_code,
    tables.municipality,
    tables.committee,
    findings.document_id,
    findings.table_no,
    findings.row_no,
    findings.col_no,
    tables.section,
    tables.table_title,
    findings.row_label,
    findings.column_header,
    findings.printed_text,
    cast(findings.printed_value as decimal(18, 4)) as printed_value,
    cast(findings.computed_value as decimal(18, 4)) as computed_value,
    cast(findings.printed_value - findings.computed_value as decimal(18, 4)) as difference,
    cast(findings.tolerance as decimal(18, 6)) as tolerance,
    findings.message_sv,
    findings.message_en,
    findings.figure_id,
    cast(null as varchar) as other_document_id,
    cast(null as varchar) as other_figure_id
from findings
left join tables on findings.document_id = tables.document_id and findings.table_no = tables.table_no
