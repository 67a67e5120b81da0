with
    tables as (select * from {{ ref("stg_reports__tables") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    units as (select * from {{ ref("units") }}),
    corrections as (select * from {{ ref("stg_seeds__corrections") }}),
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }}),
    assessment_kinds as (select * from {{ ref("assessment_kinds") }}),

    unit_texts as (
        select
            tables.*,
            documents.municipality_code,
            documents.municipality,
            documents.committee,
            documents.document_kind,
            documents.information_date,
            documents.plan_from_year,
            documents.plan_to_year,
            corrections.correction_id as unit_correction_id,
            corrections.reason as unit_correction_reason,
            coalesce(
                place_overrides.unit,
                corrections.corrected,
                -- The stated unit may contain more than the unit (`Belopp i Mkr`), or be in the corner of the header.
                {{ money_unit("concat_ws(' ', tables.unit_printed, tables.label_header, tables.table_title)") }},
                {{ kronor_unit("concat_ws(' ', tables.unit_printed, tables.label_header)") }},
                tables.unit_printed
            ) as unit_text
        from tables
        inner join documents on tables.document_id = documents.document_id
        left join
            corrections
            on tables.table_id = corrections.table_id
            and corrections.field = 'unit'
            and corrections.printed = tables.unit_printed
        left join
            place_overrides
            on tables.table_id = place_overrides.table_id
            and place_overrides.row_id is null
            and place_overrides.col_no is null
            and place_overrides.unit is not null
    ),

    titles as (select distinct label_header, table_title from tables),

    kinds as (
        select titles.label_header, titles.table_title, min_by(kinds.assessment_kind, kinds.priority) as assessment_kind
        from titles
        inner join
            assessment_kinds as kinds
            on {{ fits("kinds.label_header_pattern", "titles.label_header") }}
            and {{ fits("kinds.title_pattern", "titles.table_title") }}
        group by titles.label_header, titles.table_title
    )

select
    unit_texts.* exclude (unit_text),
    units.unit as table_unit,
    units.tkr_factor,
    units.tkr_factor is not null as is_money,
    unit_texts.unit_text is not null and units.unit is null as is_unit_unknown,
    kinds.assessment_kind
from unit_texts
left join units on lower(unit_texts.unit_text) = units.printed_unit
left join
    kinds
    on unit_texts.label_header is not distinct from kinds.label_header
    and unit_texts.table_title is not distinct from kinds.table_title
