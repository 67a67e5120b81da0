-- The standard line of each row of the statements that the law lays down. A row of a balance sheet or cash flow
-- statement that is not a standard line has the role of the line above it, so that it is never taken for a cost.
with
    rows as (select * from {{ ref("stg_reports__rows") }}),
    tables as (select * from {{ ref("int_table_statements") }}),
    lines as (select * from {{ ref("statement_lines") }}),

    statement_rows as (
        select rows.row_id, rows.table_id, rows.row_no, rows.is_heading, rows.row_label_key, tables.statement
        from rows
        inner join tables on rows.table_id = tables.table_id
        where
            tables.statement in ('income_statement', 'balance_sheet', 'cash_flow', 'balance_requirement')
            -- A share below a statement (`Resultat i procent av skatteintäkter`) is not a line of it.
            and not regexp_matches(rows.row_label_key, '%|\bprocent\b|\bandel\b')
    ),

    labels as (select distinct statement, row_label_key from statement_rows),

    matched as (
        select
            labels.statement, labels.row_label_key, lines.line_code, lines.line_label, lines.line_role, lines.sign_group
        from labels
        inner join
            lines on labels.statement = lines.statement and {{ fits("lines.label_pattern", "labels.row_label_key") }}
        qualify row_number() over (partition by labels.statement, labels.row_label_key order by lines.priority) = 1
    ),

    coded as (
        select
            statement_rows.*,
            matched.line_code,
            matched.line_label,
            matched.line_role,
            matched.sign_group,
            last_value(nullif(matched.line_role, 'total') ignore nulls) over (
                partition by statement_rows.table_id
                order by statement_rows.row_no
                rows between unbounded preceding and 1 preceding
            ) as role_above
        from statement_rows
        left join
            matched
            on statement_rows.statement = matched.statement
            and statement_rows.row_label_key = matched.row_label_key
    )

select
    row_id,
    statement,
    line_code,
    line_label,
    coalesce(
        line_role,
        case statement when 'balance_sheet' then coalesce(role_above, 'asset') when 'cash_flow' then 'cash_flow' end
    ) as line_role,
    coalesce(sign_group, case when statement in ('balance_sheet', 'cash_flow') then 'as_printed' end) as sign_group,
    case
        when line_role is not null then 'standard_term' when statement in ('balance_sheet', 'cash_flow') then 'assumed'
    end as role_source
from coded
where not is_heading and (line_role is not null or statement in ('balance_sheet', 'cash_flow'))
