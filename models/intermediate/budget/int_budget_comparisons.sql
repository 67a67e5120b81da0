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

    -- Several net costs, one for each activity, and none for all of them: no row speaks for the whole.
    ranked as (
        select
            *,
            count(*) filter (where headline_rank = 2) over whole > 1
            and count(*) filter (where headline_rank = 1) over whole = 0 as is_divided
        from described
        window whole as (partition by document_id, committee, subject_scope, comparison, period_end, is_investment)
    ),

    headed as (
        select
            *,
            coalesce(
                headline_rank = 1
                or headline_rank is not null
                and not is_divided
                and row_number() over (
                    partition by document_id, committee, subject_scope, comparison, period_end, is_investment
                    order by headline_rank, abs(budget_tkr) desc, table_no, row_no
                )
                = 1,
                false
            ) as is_headline
        from ranked
    ),

    headlines as (select * from headed where is_headline),

    -- Lines that the table itself adds up to the headline are its parts, whatever they are called and wherever they are
    -- printed first.
    headline_parts as (
        select distinct
            headlines.document_id,
            headlines.committee,
            headlines.subject_scope,
            headlines.comparison,
            headlines.period_end,
            budget_figures.line_code as subject_code,
            budget_figures.activity_code
        from headlines
        inner join row_sums on headlines.row_id = row_sums.total_row_id
        inner join budget_figures on row_sums.row_id = budget_figures.row_id
        where not headlines.is_derived_pair and budget_figures.line_role <> 'of_which'
    ),

    parted as (
        select
            headed.* exclude (is_addable, headline_rank, is_divided),
            headed.is_addable or (headline_parts.document_id is not null and not headed.is_mapped) as may_be_added,
            headlines.budget_tkr as headline_budget_tkr,
            headlines.compared_tkr as headline_compared_tkr,
            headlines.precision as headline_precision,
            headlines.budget_precision as headline_budget_precision,
            case when headlines.line_role <> 'result' then headlines.budget_tkr end as net_budget_tkr
        from headed
        left join
            headline_parts using (
                document_id, committee, subject_scope, comparison, period_end, subject_code, activity_code
            )
        left join headlines using (document_id, committee, subject_scope, comparison, period_end, is_investment)
    ),

    -- Parts that do not add up to the headline are not its parts.
    summed as (
        select
            *,
            abs(sum(case when may_be_added then budget_tkr end) over parts - headline_budget_tkr)
            <= sum(case when may_be_added then budget_precision end) over parts + headline_budget_precision
            and abs(sum(case when may_be_added then compared_tkr end) over parts - headline_compared_tkr)
            <= sum(case when may_be_added then precision end) over parts + headline_precision as parts_add_up
        from parted
        window
            parts as (
                partition by document_id, committee, subject_scope, comparison, period_end, is_investment, breakdown
            )
    )

select
    * exclude (
        may_be_added,
        parts_add_up,
        headline_budget_tkr,
        headline_compared_tkr,
        headline_precision,
        headline_budget_precision
    ),
    may_be_added and coalesce(parts_add_up, false) as is_addable,
    case when period_basis = 'full_year' then 'year_end' else 'to_date' end as answer_to
from summed
