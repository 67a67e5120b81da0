-- One row per printed cell with its meaning: what it is about, which period, which unit and which sign.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    lines as (select * from {{ ref("int_lines_mapped") }}),
    measures as (select * from {{ ref("int_measures_mapped") }}),
    signs as (select * from {{ ref("int_table_signs") }}),

    decimals as (
        select
            *,
            max(printed_decimals) over (partition by document_id, table_no) as table_decimals,
            max(printed_decimals) over (partition by document_id, table_no, row_no) as row_decimals
        from placed
    ),

    meant as (
        select
            decimals.*,
            case when decimals.is_money then 'budget_line' else 'measure' end as subject_kind,
            coalesce(lines.line_code, measures.measure_code) as subject_code,
            coalesce(lines.line_label, measures.measure_label) as subject_label,
            lines.line_code,
            measures.measure_code,
            measures.measure_family,
            coalesce(decimals.place_activity_code, lines.activity_code, measures.activity_code) as activity_code,
            coalesce(measures.gender, 'T') as gender,
            coalesce(lines.is_mapped, measures.is_mapped) as is_mapped,
            lines.breakdown,
            lines.line_role,
            lines.is_addable,
            lines.cost_type_code,
            lines.sign_group,
            measures.better_when,
            measures.is_accumulating,
            case
                when decimals.is_money
                then decimals.table_unit
                when decimals.has_percent_sign and coalesce(measures.unit, 'number') = 'number'
                then 'percent'
                else measures.unit
            end as unit,
            case
                when not decimals.is_money
                then null
                when decimals.value_kind = 'deviation' or lines.sign_group = 'result'
                then case when decimals.value_kind = 'deviation' then 1 else signs.result_factor end
                when lines.sign_group = 'income'
                then signs.income_factor
                when lines.sign_group = 'grant'
                then signs.grant_factor
                else signs.cost_factor
            end
            * decimals.tkr_factor as tkr_multiplier,
            case
                when decimals.printed_decimals is null
                then null
                else
                    0.5 * power(
                        10, - case when decimals.is_money then decimals.table_decimals else decimals.row_decimals end
                    )
            end as half_unit
        from decimals
        left join
            lines
            on decimals.document_id = lines.document_id
            and decimals.table_no = lines.table_no
            and decimals.row_no = lines.row_no
        left join measures on decimals.figure_id = measures.figure_id
        left join signs on decimals.document_id = signs.document_id and decimals.table_no = signs.table_no
    )

select
    * exclude (table_decimals, row_decimals, half_unit, printed_value),
    printed_value as value,
    -- An amount too large for any municipality is two figures run together; it stays as printed only.
    cast(
        try_cast(cast(printed_value as decimal(28, 4)) * tkr_multiplier as decimal(15, 3)) as decimal(18, 3)
    ) as amount_tkr,
    cast(half_unit as decimal(18, 6)) as precision,
    cast(half_unit * abs(tkr_multiplier) as decimal(18, 6)) as precision_tkr
from meant
