-- Whose figures each column holds, where the header or, in the statements of the law, a heading says so; and which
-- columns hold references to notes. A group, company or federation in a heading counts in every table.
with
    columns as (select * from {{ ref("stg_reports__columns") }}),
    headings as (select * from {{ ref("int_table_headings") }}),
    cells as (select * from {{ ref("stg_reports__cells") }}),
    statements as (select * from {{ ref("int_table_statements") }}),
    patterns as (select * from {{ ref("scope_patterns") }}),

    headers as (select distinct column_header, {{ label_key("column_header") }} as header_key from columns),

    header_scopes as (
        select headers.column_header, arg_min(patterns.subject_scope, patterns.priority) as subject_scope
        from headers
        inner join patterns on patterns.place = 'header' and {{ fits("patterns.text_pattern", "headers.header_key") }}
        group by headers.column_header
    ),

    -- Each heading is matched once, no matter how many tables it is over.
    printed as (select distinct heading from headings),

    scopes_named as (
        select printed.heading, patterns.subject_scope
        from printed
        inner join patterns on patterns.place = 'heading' and {{ fits("patterns.text_pattern", "printed.heading") }}
    ),

    named as (
        select headings.table_id, headings.distance, min(scopes_named.subject_scope) as subject_scope
        from headings
        inner join scopes_named on headings.heading = scopes_named.heading
        group by headings.table_id, headings.distance
        -- A heading that names both the municipality and its group (`Kommunen och koncernen`) decides nothing.
        having count(distinct scopes_named.subject_scope) = 1
    ),

    heading_scopes as (
        select named.table_id, arg_min(named.subject_scope, named.distance) as subject_scope
        from named
        inner join statements on named.table_id = statements.table_id
        where statements.statement in ('income_statement', 'balance_sheet', 'cash_flow', 'balance_requirement')
        group by named.table_id
    ),

    -- Note references are small numbers that rise down a statement: 1, 2, `3, 17`, `Not 5`.
    references_ as (
        select
            cells.table_id,
            cells.col_no,
            cells.row_no,
            {{ plain_print("cells.raw_text") }} as reference,
            cast(
                nullif(
                    regexp_extract({{ plain_print("cells.raw_text") }}, '^(?:[Nn]ot\.? ?)?(\d{1,2})', 1), ''
                ) as integer
            ) as first_note
        from cells
        inner join statements on cells.table_id = statements.table_id
        where
            statements.statement in ('income_statement', 'balance_sheet', 'cash_flow', 'balance_requirement')
            and {{ plain_print("cells.raw_text") }} not in ('', '-')
    ),

    ordered as (
        select *, first_note < lag(first_note) over (partition by table_id, col_no order by row_no) as is_falling
        from references_
    ),

    rising as (
        select table_id, col_no
        from ordered
        group by table_id, col_no
        having
            count(*) >= 3
            and bool_and(regexp_full_match(reference, '([Nn]ot\.? ?)?\d{1,2}((, ?| ?- ?| och )\d{1,2})*|[A-ZÅÄÖ]{1,3}'))
            and count(distinct first_note) >= 3
            and 5 * count(*) filter (where is_falling) <= count(*)
    )

select
    columns.table_id,
    columns.col_no,
    coalesce(header_scopes.subject_scope, heading_scopes.subject_scope) as subject_scope,
    case
        when header_scopes.subject_scope is not null
        then 'printed'
        when heading_scopes.subject_scope is not null
        then 'elsewhere_in_document'
    end as scope_source,
    regexp_matches({{ label_key("columns.column_header") }}, '(^| )not(er|nr)?( nr)?$')
    or (rising.col_no is not null and columns.header_year is null and columns.header_date is null) as is_note_column
from columns
left join header_scopes on columns.column_header = header_scopes.column_header
left join heading_scopes on columns.table_id = heading_scopes.table_id
left join rising on columns.table_id = rising.table_id and columns.col_no = rising.col_no
