with
    tables as (select * from {{ ref("stg_reports__tables") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    units as (select * from {{ ref("units") }}),
    corrections as (select * from {{ ref("stg_seeds__corrections") }}),
    place_overrides as (select * from {{ ref("stg_seeds__place_overrides") }}),
    assessment_kinds as (select * from {{ ref("assessment_kinds") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    cells as (select * from {{ ref("int_cells_corrected") }} where printed_value is not null),

    -- The unit that the headers of the columns state, where they agree.
    header_units as (
        select table_id, min({{ money_unit_at_end("column_header") }}) as unit_text
        from columns
        group by table_id
        having count(distinct {{ money_unit_at_end("column_header") }}) = 1
    ),

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
            coalesce(place_overrides.unit, corrections.corrected) is not null as is_unit_given,
            coalesce(
                place_overrides.unit,
                corrections.corrected,
                -- The stated unit may contain more than the unit (`Belopp i Mkr`), or be in the corner of the header.
                {{ money_unit("concat_ws(' ', tables.unit_printed, tables.label_header, tables.table_title)") }},
                {{ kronor_unit("concat_ws(' ', tables.unit_printed, tables.label_header)") }},
                tables.unit_printed,
                header_units.unit_text,
                {{ money_unit_at_end("tables.table_title") }}
            ) as unit_text
        from tables
        inner join documents on tables.document_id = documents.document_id
        left join header_units on tables.table_id = header_units.table_id
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
    ),

    column_kinds as (
        select
            table_id,
            bool_or(value_kind in ('budget', 'period_budget'))
            and bool_or(value_kind in ('outcome', 'forecast', 'deviation')) as compares_with_budget,
            bool_or(value_kind in ('target', 'approved_range')) as has_targets
        from columns
        group by table_id
    ),

    row_words as (
        select
            table_id,
            count(*) filter (where {{ names_money("row_label") }}) / count(*) as money_share,
            count(*) filter (where {{ names_a_count("row_label") }}) / count(*) as count_share
        from rows
        where not is_heading
        group by table_id
    ),

    sizes as (
        select
            table_id,
            max(abs(printed_value)) as largest,
            count(*) filter (where printed_decimals > 0) / count(*) as decimal_share,
            bool_or(coalesce(has_percent_sign, false)) as has_percent
        from cells
        group by table_id
    ),

    -- Tables without a unit that are about money all the same: they compare with a budget, or their rows are those of a
    -- statement, and nothing says that they count something else.
    unitless_money as (
        select unit_texts.table_id, unit_texts.document_id, unit_texts.section, sizes.largest, sizes.decimal_share
        from unit_texts
        inner join column_kinds on unit_texts.table_id = column_kinds.table_id
        inner join row_words on unit_texts.table_id = row_words.table_id
        inner join sizes on unit_texts.table_id = sizes.table_id
        where
            unit_texts.unit_text is null
            and not column_kinds.has_targets
            and not sizes.has_percent
            and row_words.count_share < 0.3
            and not {{ names_a_count("concat_ws(' ', unit_texts.table_title, unit_texts.label_header)") }}
            and (
                (
                    column_kinds.compares_with_budget
                    and (
                        row_words.money_share >= 0.2
                        or {{ names_money("concat_ws(' ', unit_texts.table_title, unit_texts.section)") }}
                        or sizes.largest >= 1000
                    )
                )
                or (row_words.money_share >= 0.5 and sizes.largest >= 100)
            )
    ),

    printed_money as (
        select unit_texts.document_id, unit_texts.section, unit_texts.table_no, units.unit
        from unit_texts
        inner join units on lower(unit_texts.unit_text) = units.printed_unit
        where units.tkr_factor is not null
    ),

    -- The unit of the section's other tables, else of the report's.
    shared_units as (
        select
            unitless_money.table_id,
            mode(printed_money.unit order by printed_money.table_no) filter (
                where printed_money.section = unitless_money.section
            ) as section_unit,
            mode(printed_money.unit order by printed_money.table_no) as document_unit
        from unitless_money
        inner join printed_money on unitless_money.document_id = printed_money.document_id
        group by unitless_money.table_id
    ),

    -- A committee's amounts are millions with decimals, thousands without, and kronor if the report's largest is tens
    -- of
    -- millions.
    found_units as (
        select
            unitless_money.table_id,
            case
                when decimal_share >= 0.5 and largest < 20000
                then 'mnkr'
                when
                    decimal_share < 0.5
                    and max(case when decimal_share < 0.5 then largest end) over (
                        partition by unitless_money.document_id
                    )
                    >= 50000000
                then 'kr'
                else 'tkr'
            end as unit_by_size,
            coalesce(shared_units.section_unit, shared_units.document_unit) as unit_elsewhere,
            -- Amounts with decimals are not thousands because other tables are.
            decimal_share >= 0.5 and largest < 20000 as is_millions
        from unitless_money
        left join shared_units on unitless_money.table_id = shared_units.table_id
    ),

    decided as (
        select
            table_id,
            case
                when unit_elsewhere is not null and (unit_elsewhere = 'mnkr') = is_millions
                then unit_elsewhere
                else unit_by_size
            end as unit,
            case
                when unit_elsewhere is not null and (unit_elsewhere = 'mnkr') = is_millions
                then 'elsewhere_in_document'
                else 'assumed'
            end as unit_source
        from found_units
    )

select
    unit_texts.* exclude (unit_text, is_unit_given),
    units.unit as table_unit,
    case
        when decided.unit_source is not null
        then decided.unit_source
        when unit_texts.is_unit_given
        then 'elsewhere_in_document'
        when units.unit is not null
        then 'printed'
    end as unit_source,
    units.tkr_factor,
    units.tkr_factor is not null as is_money,
    unit_texts.unit_text is not null and units.unit is null as is_unit_unknown,
    kinds.assessment_kind
from unit_texts
left join decided on unit_texts.table_id = decided.table_id
left join units on lower(coalesce(unit_texts.unit_text, decided.unit)) = units.printed_unit
left join
    kinds
    on unit_texts.label_header is not distinct from kinds.label_header
    and unit_texts.table_title is not distinct from kinds.table_title
