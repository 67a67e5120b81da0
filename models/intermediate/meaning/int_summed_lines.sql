-- Activities and investments that add up to another row, with the activity, or of investments the line, that they are
-- parts of.
with
    row_sums as (select * from {{ ref("int_row_sums") }} where side <> 'apart'),
    figures as (select * from {{ ref("int_figures") }} where is_money),
    activities as (select * from {{ ref("activity_definitions") }}),

    lines as (
        select
            row_id,
            table_id,
            document_id,
            row_label,
            activity_code,
            line_code,
            breakdown,
            {{ is_total_label("row_label", "true") }} as is_total
        from figures
        -- The row's own line, where income and cost are columns of their own.
        qualify row_number() over (partition by row_id order by line_role = 'net_cost' desc, line_code) = 1
    ),

    summed as (
        select
            parts.row_id,
            parts.table_id,
            parts.document_id,
            totals.row_id as sums_to_row_id,
            totals.row_label as total_label,
            totals.activity_code,
            totals.line_code,
            totals.breakdown = 'investment' as is_investment,
            -- A row that adds up with the total below it is no parent.
            bool_or(parts.is_total and not totals.is_total) over (partition by totals.row_id) as is_chance
        from row_sums
        inner join lines as parts on row_sums.row_id = parts.row_id
        inner join lines as totals on row_sums.total_row_id = totals.row_id
        where parts.breakdown in ('activity', 'sub_activity', 'investment')
    )

select
    summed.row_id,
    summed.table_id,
    summed.document_id,
    summed.sums_to_row_id,
    case when summed.is_investment then summed.line_code else summed.activity_code end as sums_to,
    case
        when summed.is_investment then summed.total_label else coalesce(activities.activity_label, summed.total_label)
    end as sums_to_label
from summed
left join activities on summed.activity_code = activities.activity_code
where not summed.is_chance
