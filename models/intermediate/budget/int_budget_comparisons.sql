-- Each pair with what the row is: its role, whether it speaks for the whole (the headline) or adds up to it.
with
    pairs as (select * from {{ ref("int_budget_pairs") }}),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    row_sums as (select * from {{ ref("int_row_sums") }}),

    described as (
        select
            pairs.*,
            compared.row_label,
            compared.breakdown,
            compared.line_role,
            compared.cost_type_code,
            compared.is_addable,
            compared.statement,
            compared.unit_source,
            case
                when 'arithmetic' in (compared.kind_source, budgets.kind_source)
                then 'arithmetic'
                else compared.kind_source
            end as kind_source,
            compared.sign_source,
            compared.role_source,
            compared.breakdown = 'investment' as is_investment,
            budgets.period_budget_source,
            -- Which row speaks for the whole: the net cost, else a net cost or sum by another name, else a result.
            case
                when pairs.activity_code = 'total' and pairs.subject_code in ('net_cost', 'investment')
                then 1
                when pairs.subject_code in ('net_cost', 'investment')
                then 2
                when compared.line_role = 'net_cost'
                then 3
                when compared.line_role in ('total', 'subtotal') and not {{ names_income("compared.row_label") }}
                then 4
                when compared.line_role = 'result' and {{ is_total_label("compared.row_label", "true") }}
                then 5
                when compared.line_role = 'result'
                then 6
            end as headline_rank
        from pairs
        inner join budget_figures as compared on pairs.figure_id = compared.figure_id
        inner join budget_figures as budgets on pairs.budget_key = budgets.figure_id
    ),

    headed as (
        select
            *,
            coalesce(
                headline_rank = 1
                or headline_rank is not null
                and row_number() over (
                    partition by document_id, committee, subject_scope, comparison, period_end, is_investment
                    order by headline_rank, abs(budget_tkr) desc, table_no, row_no
                )
                = 1,
                false
            ) as is_headline
        from described
    ),

    -- Rows that the table itself adds up to the headline are its parts, whatever they are called.
    headline_parts as (
        select parts.figure_id, parts.comparison
        from headed as parts
        inner join row_sums on parts.row_id = row_sums.row_id
        inner join
            headed as headlines
            on row_sums.total_row_id = headlines.row_id
            and parts.comparison = headlines.comparison
            and parts.breakdown = headlines.breakdown
        where headlines.is_headline and not headlines.is_derived_pair and parts.line_role <> 'of_which'
    ),

    net_budgets as (
        select
            document_id, committee, subject_scope, comparison, period_end, is_investment, budget_tkr as net_budget_tkr
        from headed
        where is_headline and line_role <> 'result'
    )

select
    headed.* exclude (is_addable, headline_rank),
    headed.is_addable or (headline_parts.figure_id is not null and not headed.is_mapped) as is_addable,
    net_budgets.net_budget_tkr,
    case when headed.period_basis = 'full_year' then 'year_end' else 'to_date' end as answer_to
from headed
left join
    headline_parts on headed.figure_id = headline_parts.figure_id and headed.comparison = headline_parts.comparison
left join
    net_budgets
    on headed.document_id = net_budgets.document_id
    and headed.committee = net_budgets.committee
    and headed.subject_scope = net_budgets.subject_scope
    and headed.comparison = net_budgets.comparison
    and headed.period_end = net_budgets.period_end
    and headed.is_investment = net_budgets.is_investment
