-- Every amount of a budget line, printed or derived: each pair of income and cost also gets a net, and a municipal
-- grant
-- printed for a period gives that period's net budget.
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
            case when figures.value_kind = 'period_budget' then 'printed' end as period_budget_source,
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
            case when printed.value_kind = 'period_budget' then 'printed' end as period_budget_source,
            true as is_derived,
            list(printed.figure_id order by printed.row_no) as input_figure_ids
        from printed
        inner join pairs on printed.table_id = pairs.table_id and printed.activity_code = pairs.activity_code
        where printed.line_code in ('income', 'gross_cost') and printed.value_kind not in ('deviation', 'change')
        group by all
        having count(*) = 2
    ),

    -- The columns of a table that print one net cost, one grant and at most one result.
    funded as (
        select
            table_id,
            col_no,
            value_kind,
            period_basis,
            max(row_id) filter (where line_role = 'net_cost') as net_cost_row,
            max(row_id) filter (where line_role = 'result') as result_row,
            max(figure_id) filter (where line_role = 'grant') as grant_figure_id,
            sum(amount_tkr) filter (where line_role = 'net_cost') as net_cost_tkr,
            sum(amount_tkr) filter (where line_role = 'grant') as grant_tkr,
            coalesce(sum(amount_tkr) filter (where line_role = 'financial'), 0) as financial_tkr,
            sum(amount_tkr) filter (where line_role = 'result') as result_tkr,
            max(precision_tkr) filter (where line_role = 'grant') as precision_tkr
        from printed
        group by table_id, col_no, value_kind, period_basis
        having
            count(*) filter (where line_role = 'net_cost') = 1
            and count(*) filter (where line_role = 'grant') = 1
            and count(*) filter (where line_role = 'result') <= 1
    ),

    -- The grant is the net budget where the year's budget says so, and that of the period where the result is what the
    -- net cost leaves of it.
    grants_to_date as (
        select periods.*
        from funded as periods
        left join funded as years on periods.table_id = years.table_id and years.value_kind = 'budget'
        where
            periods.value_kind = 'outcome'
            and periods.period_basis = 'year_to_date'
            and abs(coalesce(years.net_cost_tkr + years.grant_tkr, 0)) <= coalesce(2 * years.precision_tkr, 0)
            and abs(coalesce(periods.net_cost_tkr + periods.grant_tkr + periods.financial_tkr - periods.result_tkr, 0))
            <= 4 * periods.precision_tkr
        qualify row_number() over (partition by periods.table_id, periods.col_no order by years.col_no) = 1
    ),

    grant_budgets as (
        select
            printed.* exclude (budget_version, kind_source, value_kind, amount_tkr, precision_tkr, is_derived)
            replace(
                grants_to_date.grant_figure_id || '>' || printed.figure_id as figure_id,
                false as is_about_row_above,
                'grant_to_date' as period_budget_source,
                [grants_to_date.grant_figure_id] as input_figure_ids
            ),
            'arithmetic' as kind_source,
            'period_budget' as value_kind,
            case when printed.line_role = 'net_cost' then - grants_to_date.grant_tkr else 0 end as amount_tkr,
            grants_to_date.precision_tkr,
            true as is_derived
        from grants_to_date
        inner join
            printed
            on grants_to_date.table_id = printed.table_id
            and grants_to_date.col_no = printed.col_no
            and printed.row_id in (grants_to_date.net_cost_row, grants_to_date.result_row)
    )

select *
from printed
union all by name
select *
from derived_net
union all by name
select *
from grant_budgets
