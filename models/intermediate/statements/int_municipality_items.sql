-- The figures about the result, the balance requirement and the key ratios of a whole municipality, group, federation
-- or company, each with the item that it is. Amounts keep their printed sign, since the balance requirement is added
-- as printed.
with
    figures as (
        select *
        from {{ ref("int_figures") }}
        where value is not null and value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan')
    ),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    statements as (select * from {{ ref("int_table_statements") }}),
    lines as (select * from {{ ref("int_statement_lines") }}),
    scopes as (select * from {{ ref("int_column_scopes") }} where not is_note_column),

    -- A committee also calls its own table a resultaträkning; taxes and contributions are those of a whole issuer.
    whole_issuers as (
        select statements.table_id
        from statements
        inner join {{ ref("stg_reports__rows") }} as rows on statements.table_id = rows.table_id
        left join lines on rows.row_id = lines.row_id
        left join documents on rows.document_id = documents.document_id
        group by statements.table_id
        having
            bool_or(
                lines.line_code in ('tax_revenue', 'government_grants', 'member_contributions')
                or documents.issuer_kind <> 'committee'
            )
    ),

    placed as (
        select
            figures.figure_id,
            figures.row_id,
            figures.table_id,
            figures.document_id,
            figures.table_no,
            figures.row_no,
            figures.col_no,
            {{ label_key("figures.row_label") }} as label_key,
            figures.value_kind,
            figures.period_basis,
            figures.period_end,
            figures.value,
            case
                when figures.is_money
                then try_cast(cast(figures.value as decimal(28, 4)) * figures.tkr_factor as decimal(18, 3))
            end as printed_tkr,
            cast(figures.precision as double precision) * figures.tkr_factor as printed_precision_tkr,
            statements.statement,
            lines.line_code,
            whole_issuers.table_id is not null as is_of_whole_issuer,
            case
                when regexp_matches({{ label_key("figures.row_label") }}, 'koncern')
                then 'group'
                when scopes.subject_scope is not null
                then scopes.subject_scope
                when documents.issuer_kind = 'committee'
                then 'municipality'
                else documents.issuer_kind
            end as subject_scope
        from figures
        inner join documents on figures.document_id = documents.document_id
        inner join statements on figures.table_id = statements.table_id
        inner join scopes on figures.table_id = scopes.table_id and figures.col_no = scopes.col_no
        left join lines on figures.row_id = lines.row_id
        left join whole_issuers on figures.table_id = whole_issuers.table_id
    ),

    -- Where the adjustments of a balance requirement begin and end.
    framed as (
        select
            *,
            min(row_no) filter (where line_code = 'balance_result_of_the_year') over this_column as first_row_no,
            coalesce(
                min(row_no) filter (where line_code = 'balance_result_after_adjustments') over this_column,
                min(row_no) filter (
                    where line_code in ('balance_to_reserve', 'balance_from_reserve', 'balance_requirement_result')
                ) over this_column
            ) as end_row_no
        from placed
        window this_column as (partition by table_id, col_no)
    ),

    named as (
        select
            *,
            case
                when statement = 'income_statement' and line_code = 'result_of_the_year' and is_of_whole_issuer
                then 'result'
                when statement = 'balance_requirement'
                then
                    case
                        when line_code = 'balance_result_of_the_year'
                        then 'balance_result'
                        when line_code = 'balance_result_after_adjustments'
                        then 'result_after_adjustments'
                        when line_code = 'balance_to_reserve'
                        then 'to_reserve'
                        when line_code = 'balance_from_reserve'
                        then 'from_reserve'
                        when line_code = 'balance_requirement_result'
                        then 'balance_requirement_result'
                        when line_code = 'balance_deficit_to_restore'
                        then 'deficit_to_restore'
                        when row_no > first_row_no and row_no < end_row_no and not {{ is_of_which("label_key") }}
                        then 'adjustments'
                    end
                when
                    abs(value) <= 100
                    and regexp_matches(label_key, '^(årets |periodens )?resultat.*(%|procent|andel| av | i |/).*skatt')
                then 'result_pct_of_tax_and_grants'
                when
                    abs(value) <= 100
                    and regexp_matches(label_key, '^soliditet')
                    and not regexp_matches(label_key, 'pension|ansvarsförbindelse')
                then 'equity_ratio_pct'
            end as item
        from framed
    )

select
    figure_id,
    table_id,
    document_id,
    table_no,
    row_no,
    col_no,
    subject_scope,
    value_kind,
    period_basis,
    period_end,
    item,
    cast(
        case
            when item in ('result_pct_of_tax_and_grants', 'equity_ratio_pct') then value else printed_tkr
        end as decimal(18, 3)
    ) as amount,
    cast(printed_precision_tkr as decimal(18, 6)) as precision_tkr,
    case
        when item not in ('to_reserve', 'from_reserve')
        then null
        when regexp_matches(label_key, 'resultatreserv')
        then 'resultatreserv'
        else 'rur'
    end as reserve_kind,
    case
        when item = 'deficit_to_restore'
        then
            try_cast(
                nullif(
                    regexp_extract(label_key, '(?:senast|t\.?o\.?m\.?|till och med|före|under) (?:år )?(20\d\d)', 1), ''
                ) as integer
            )
    end as restore_by_year
from named
where item is not null
