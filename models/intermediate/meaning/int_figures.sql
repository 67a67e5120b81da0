-- One row per printed cell with its meaning: subject, period, unit and sign.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    -- Separate and narrow, since DuckDB keeps a CTE that is used twice in memory.
    printed as (select row_id, table_id, printed_decimals from {{ ref("int_cells_placed") }}),
    lines as (select * from {{ ref("int_lines_mapped") }}),
    measures as (select * from {{ ref("int_measures_mapped") }}),
    signs as (select * from {{ ref("int_table_signs") }}),

    row_decimals as (select row_id, table_id, max(printed_decimals) as decimals from printed group by row_id, table_id),

    table_decimals as (select table_id, max(decimals) as decimals from row_decimals group by table_id),

    -- Income and cost in columns of their own are two lines of the row's activity; the net is the row's own line.
    parted as (
        select
            placed.figure_id,
            case placed.column_part when 'income' then 'income' else 'gross_cost' end as line_code,
            case placed.column_part when 'income' then 'Intäkter' else 'Kostnader' end as line_label,
            case
                when lines.activity_code <> 'total' or lines.line_code = 'net_cost'
                then lines.activity_code
                else lines.line_code
            end as activity_code,
            case when lines.activity_code <> 'total' then lines.activity_name end as activity_name,
            placed.column_part as line_role
        from placed
        inner join lines on placed.row_id = lines.row_id
        where placed.is_money and placed.column_part in ('income', 'cost')
    ),

    meant as (
        select
            placed.*,
            case when placed.is_money then 'budget_line' else 'measure' end as subject_kind,
            coalesce(parted.line_code, lines.line_code, measures.measure_code) as subject_code,
            coalesce(parted.line_label, lines.line_label, measures.measure_label) as subject_label,
            coalesce(parted.line_code, lines.line_code) as line_code,
            measures.measure_code,
            measures.measure_family,
            coalesce(
                placed.place_activity_code, parted.activity_code, lines.activity_code, measures.activity_code
            ) as activity_code,
            case
                when placed.place_activity_code is null
                then case when parted.figure_id is not null then parted.activity_name else lines.activity_name end
            end as activity_name,
            coalesce(measures.gender, 'T') as gender,
            coalesce(lines.is_mapped, measures.is_mapped) as is_mapped,
            lines.breakdown,
            case
                when parted.line_role is not null
                then parted.line_role
                when signs.unnamed_are_results and lines.sign_group = 'unnamed' and lines.breakdown <> 'investment'
                then 'result'
                else lines.line_role
            end as line_role,
            lines.role_source,
            lines.is_addable and parted.line_role is null as is_addable,
            case when parted.line_role is null then lines.cost_type_code end as cost_type_code,
            coalesce(parted.line_role, lines.sign_group) as sign_group,
            measures.better_when,
            measures.is_accumulating,
            case
                when placed.is_money
                then placed.table_unit
                when placed.has_percent_sign and coalesce(measures.unit, 'number') = 'number'
                then 'percent'
                else measures.unit
            end as unit,
            case
                when not placed.is_money
                then null
                when parted.line_role = 'income' and placed.value_kind <> 'deviation'
                then signs.income_part_factor
                when parted.line_role = 'cost' and placed.value_kind <> 'deviation'
                then signs.cost_part_factor
                when signs.net_part_factor is not null and placed.value_kind <> 'deviation'
                then signs.net_part_factor
                when placed.value_kind = 'deviation' or lines.sign_group = 'result'
                then case when placed.value_kind = 'deviation' then 1 else signs.result_factor end
                when lines.sign_group = 'income'
                then signs.income_factor
                when lines.sign_group = 'grant'
                then signs.grant_factor
                when lines.sign_group = 'unnamed'
                then signs.unnamed_factor
                when lines.sign_group = 'as_printed'
                then 1
                else signs.cost_factor
            end
            * placed.tkr_factor as tkr_multiplier,
            case
                when not placed.is_money or placed.value_kind = 'deviation'
                then null
                when lines.sign_group = 'unnamed'
                then signs.unnamed_source
                else 'standard_term'
            end as sign_source,
            case
                when placed.printed_decimals is null
                then null
                else
                    0.5
                    * power(10, - case when placed.is_money then table_decimals.decimals else row_decimals.decimals end)
            end as half_unit
        from placed
        inner join table_decimals on placed.table_id = table_decimals.table_id
        inner join row_decimals on placed.row_id = row_decimals.row_id
        left join lines on placed.row_id = lines.row_id
        left join measures on placed.figure_id = measures.figure_id
        left join signs on placed.table_id = signs.table_id
        left join parted on placed.figure_id = parted.figure_id
    )

select
    * exclude (half_unit, printed_value),
    printed_value as value,
    -- An amount too large for any municipality is two numbers run together; it is kept only as printed.
    cast(
        try_cast(cast(printed_value as decimal(28, 4)) * tkr_multiplier as decimal(15, 3)) as decimal(18, 3)
    ) as amount_tkr,
    cast(half_unit as decimal(18, 6)) as precision,
    cast(half_unit * abs(tkr_multiplier) as decimal(18, 6)) as precision_tkr
from meant
