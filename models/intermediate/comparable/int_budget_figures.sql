-- Every amount of a budget line, printed or derived: each pair of income and cost also gets a net.
with
    figures as (select * from {{ ref("int_figures") }}),
    pairs as (select * from {{ ref("int_pair_rows") }}),
    pair_deviations as (select *, 'deviation' as value_kind from pairs where deviation_is_net),

    printed as (
        select
            figures.figure_id,
            figures.row_id,
            figures.table_id,
            figures.document_id,
            figures.table_no,
            figures.row_no,
            figures.col_no,
            figures.row_label,
            figures.row_label <> figures.subject_row_label as is_about_row_above,
            case when pair_deviations.deviation_is_net then 'net_cost' else figures.line_code end as line_code,
            case when pair_deviations.deviation_is_net then 'Nettokostnad' else figures.subject_label end as line_label,
            figures.activity_code,
            figures.committee,
            figures.subject_scope,
            figures.statement,
            figures.has_printed_deviation,
            figures.budget_version,
            figures.unit_source,
            figures.kind_source,
            figures.sign_source,
            figures.role_source,
            figures.breakdown,
            case when pair_deviations.deviation_is_net then 'net_cost' else figures.line_role end as line_role,
            figures.is_addable or coalesce(pair_deviations.deviation_is_net, false) as is_addable,
            case
                when not coalesce(pair_deviations.deviation_is_net, false) then figures.cost_type_code
            end as cost_type_code,
            figures.is_mapped,
            figures.value_kind,
            figures.period_start,
            figures.period_end,
            figures.period_basis,
            figures.amount_tkr,
            figures.precision_tkr,
            false as is_derived,
            cast(null as varchar[]) as input_figure_ids
        from figures
        left join
            pair_deviations
            on figures.table_id = pair_deviations.table_id
            and figures.activity_code = pair_deviations.activity_code
            and figures.value_kind = pair_deviations.value_kind
        where figures.is_money and figures.amount_tkr is not null
    ),

    derived_net as (
        select
            string_agg(printed.figure_id, '+' order by printed.row_no) as figure_id,
            min_by(printed.row_id, printed.row_no) as row_id,
            printed.table_id,
            printed.document_id,
            printed.table_no,
            min(printed.row_no) as row_no,
            printed.col_no,
            string_agg(printed.row_label, ' + ' order by printed.row_no) as row_label,
            false as is_about_row_above,
            'net_cost' as line_code,
            'Nettokostnad' as line_label,
            printed.activity_code,
            printed.committee,
            printed.subject_scope,
            min_by(printed.statement, printed.row_no) as statement,
            bool_or(printed.has_printed_deviation) as has_printed_deviation,
            min_by(printed.budget_version, printed.row_no) as budget_version,
            min_by(printed.unit_source, printed.row_no) as unit_source,
            min_by(printed.kind_source, printed.row_no) as kind_source,
            min_by(printed.sign_source, printed.row_no) as sign_source,
            min_by(printed.role_source, printed.row_no) as role_source,
            min_by(printed.breakdown, printed.row_no) as breakdown,
            'net_cost' as line_role,
            printed.activity_code <> 'total' as is_addable,
            cast(null as varchar) as cost_type_code,
            bool_and(printed.is_mapped) as is_mapped,
            printed.value_kind,
            printed.period_start,
            printed.period_end,
            printed.period_basis,
            sum(printed.amount_tkr) as amount_tkr,
            sum(printed.precision_tkr) as precision_tkr,
            true as is_derived,
            list(printed.figure_id order by printed.row_no) as input_figure_ids
        from printed
        inner join pairs on printed.table_id = pairs.table_id and printed.activity_code = pairs.activity_code
        where printed.line_code in ('income', 'gross_cost') and printed.value_kind not in ('deviation', 'change')
        group by all
        having count(*) = 2
    )

select *
from printed
union all
select *
from derived_net
