-- Each printed cell with its row, column and table. A place override is about a table, a column, a row or a single
-- cell; the narrowest override that fits decides each field.
with
    cells as (select * from {{ ref("int_cells_corrected") }}),
    rows as (select * from {{ ref("int_rows_parented") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    tables as (select * from {{ ref("int_tables_interpreted") }}),
    value_rows as (select * from {{ ref("int_value_rows") }}),
    documents as (select document_id, issuer_kind from {{ ref("stg_reports__documents") }}),
    statements as (select * from {{ ref("int_table_statements") }}),
    scopes as (select * from {{ ref("int_column_scopes") }}),
    row_committees as (select * from {{ ref("int_row_committees") }} where is_committee_table),
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }}),
    notes as (select * from {{ ref("int_notes_addressed") }}),

    -- A note is about its row or its table, and about one column alone if it names it.
    noted as (
        select cells.figure_id, notes.note, notes.note_no, false as is_about_table
        from cells
        inner join notes on cells.row_id = notes.row_id and coalesce(notes.col_no, cells.col_no) = cells.col_no
        union all
        select cells.figure_id, notes.note, notes.note_no, true as is_about_table
        from cells
        inner join notes on cells.table_id = notes.table_id and coalesce(notes.col_no, cells.col_no) = cells.col_no
        where notes.row_id is null
    ),

    cell_notes as (
        select figure_id, string_agg(note, '; ' order by is_about_table, note_no) as notes from noted group by figure_id
    ),

    -- Tables with a year on each row; their columns have no year of their own.
    rows_of_years as (
        select row_id, case when {{ is_year("trim(row_label)") }} then cast(trim(row_label) as integer) end as row_year
        from rows
        qualify
            2 * count(row_year) over (partition by table_id) >= count(*) over (partition by table_id)
            and count(row_year) over (partition by table_id) >= 2
    ),

    overridden as (
        select
            cells.figure_id,
            {% for field in ["value_kind", "period_start", "period_end", "period_basis", "activity_code", "reason"] %}
                arg_max(place_overrides.{{ field }}, place_overrides.narrowness) filter (
                    where place_overrides.{{ field }} is not null
                ) as {{ field }}
                {{- "," if not loop.last }}
            {% endfor %}
        from cells
        inner join
            place_overrides
            on cells.table_id = place_overrides.table_id
            and (place_overrides.row_id is null or place_overrides.row_id = cells.row_id)
            and (place_overrides.col_no is null or place_overrides.col_no = cells.col_no)
        group by all
    )

select
    cells.figure_id,
    cells.row_id,
    cells.table_id,
    cells.document_id,
    tables.municipality_code,
    tables.municipality,
    coalesce(row_committees.committee, tables.committee) as committee,
    coalesce(row_committees.is_committee_row, false) as is_committee_row,
    row_committees.row_id is not null as is_in_committee_table,
    coalesce(
        scopes.subject_scope,
        case
            when row_committees.committee is not null
            then 'committee'
            -- The other rows of a table of committees are the municipality's.
            when row_committees.row_id is not null
            then 'municipality'
        end,
        nullif(documents.issuer_kind, ''),
        'committee'
    ) as subject_scope,
    statements.statement,
    statements.is_stock,
    tables.document_kind,
    tables.information_date,
    cells.table_no,
    tables.page,
    rows.source_line,
    tables.section,
    tables.table_title,
    tables.label_header,
    tables.unit_printed,
    tables.table_unit,
    tables.unit_source,
    tables.tkr_factor,
    -- A share or a number of people is not money, even in a table of money.
    tables.is_money
    and not coalesce(cells.has_percent_sign, false)
    and not regexp_matches(lower(rows.row_label), 'årsarbet|\bantal\b|\bandel\b|%|\bprocent\b') as is_money,
    tables.assessment_kind,
    cells.row_no,
    rows.row_label,
    coalesce(
        value_rows.subject_row_label, case when years.row_year is not null then tables.table_title end, rows.row_label
    ) as subject_row_label,
    rows.parent_label,
    cells.col_no,
    columns.column_header,
    columns.column_part,
    columns.kind_source,
    columns.has_printed_deviation,
    columns.budget_version,
    columns.header_is_measure,
    coalesce(columns.header_gender, rows.row_gender, 'T') as printed_gender,
    rows.row_gender is not null and rows.parent_label is not null as is_part_of_row_above,
    columns.assessment_field,
    columns.is_header_mapped,
    cells.cell_ref,
    cells.raw_text,
    cells.counted_text,
    cells.cell_kind,
    cells.printed_value,
    cells.printed_decimals,
    cells.has_percent_sign,
    cells.printed_operator,
    cells.printed_target,
    cells.range_low,
    cells.range_high,
    cells.is_edited_by_hand,
    cells.correction_id,
    coalesce(cells.correction_reason, tables.unit_correction_reason) as correction_reason,
    cells.correction_id is not null or tables.unit_correction_id is not null as is_corrected,
    case
        -- A column of percentages beside amounts is derived from them.
        when scopes.is_note_column or tables.is_money and {{ is_percent_label("columns.column_header") }}
        then 'text'
        else coalesce(overridden.value_kind, value_rows.value_kind, columns.value_kind)
    end as value_kind,
    coalesce(
        overridden.period_start,
        case when years.row_year <> year(columns.period_end) then make_date(years.row_year, 1, 1) end,
        columns.period_start
    ) as period_start,
    coalesce(
        overridden.period_end,
        case when years.row_year <> year(columns.period_end) then make_date(years.row_year, 12, 31) end,
        columns.period_end
    ) as period_end,
    coalesce(
        overridden.period_basis,
        case
            when statements.is_stock
            then 'point_in_time'
            when years.row_year <> year(columns.period_end)
            then 'full_year'
        end,
        columns.period_basis
    ) as period_basis,
    overridden.activity_code as place_activity_code,
    nullif(concat_ws('; ', cell_notes.notes, overridden.reason), '') as notes
from cells
inner join rows on cells.row_id = rows.row_id
inner join columns on cells.table_id = columns.table_id and cells.col_no = columns.col_no
inner join tables on cells.table_id = tables.table_id
inner join documents on cells.document_id = documents.document_id
left join statements on cells.table_id = statements.table_id
left join scopes on cells.table_id = scopes.table_id and cells.col_no = scopes.col_no
left join row_committees on cells.row_id = row_committees.row_id
left join rows_of_years as years on cells.row_id = years.row_id
left join value_rows on cells.row_id = value_rows.row_id
left join overridden on cells.figure_id = overridden.figure_id
left join cell_notes on cells.figure_id = cell_notes.figure_id
