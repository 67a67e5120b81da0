-- Which statement each table is. Rows decide where enough of them are the statement's own terms, since a title is
-- easily a leftover or too short; then the title, then the headings above it, innermost first.
with
    tables as (select * from {{ ref("stg_reports__tables") }}),
    headings as (select * from {{ ref("int_table_headings") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    anchors as (select * from {{ ref("statement_anchors") }}),
    row_committees as (select * from {{ ref("int_row_committees") }}),

    -- Each heading is matched once, no matter how many tables it is over.
    printed as (select distinct heading from headings),

    heading_statements as (
        select printed.heading, anchors.statement
        from printed
        inner join anchors on anchors.place = 'title' and {{ fits("anchors.label_pattern", "printed.heading") }}
    ),

    named as (
        select headings.table_id, headings.distance, min(heading_statements.statement) as statement
        from headings
        inner join heading_statements on headings.heading = heading_statements.heading
        group by headings.table_id, headings.distance
        -- A heading that names two statements decides nothing.
        having count(distinct heading_statements.statement) = 1
    ),

    headed as (
        select table_id, arg_min(statement, distance) as statement, min(distance) as distance
        from named
        group by table_id
    ),

    labels as (select distinct row_label_key from rows),

    matched as (
        select labels.row_label_key, anchors.statement, bool_or(anchors.is_own_term) as is_own_term
        from labels
        inner join anchors on anchors.place = 'row' and {{ fits("anchors.label_pattern", "labels.row_label_key") }}
        group by labels.row_label_key, anchors.statement
    ),

    votes as (
        select
            rows.table_id,
            matched.statement,
            count(distinct rows.row_label_key) as row_count,
            count(distinct rows.row_label_key) filter (where matched.is_own_term) as own_count
        from rows
        inner join matched on rows.row_label_key = matched.row_label_key
        group by rows.table_id, matched.statement
    ),

    committees as (
        select table_id, count(distinct committee) as committee_count
        from rows
        inner join row_committees using (row_id)
        where row_committees.is_committee_table
        group by table_id
    ),

    -- Committees that outnumber the terms are the operating or investment statement of a municipality.
    decided_by_rows as (
        select votes.table_id, votes.statement
        from votes
        left join committees on votes.table_id = committees.table_id
        where
            votes.row_count >= 3 and votes.own_count >= 1 and votes.row_count > coalesce(committees.committee_count, 0)
        qualify
            row_number() over (
                partition by votes.table_id order by votes.row_count desc, votes.own_count desc, votes.statement
            )
            = 1
    )

select
    tables.table_id,
    coalesce(
        by_rows.statement, headed.statement, case when committees.committee_count >= 3 then 'operating' end, 'other'
    ) as statement,
    case
        when by_rows.statement is not null and by_rows.statement is distinct from headed.statement
        then 'standard_term'
        when headed.distance = 0
        then 'printed'
        when headed.distance > 0
        then 'elsewhere_in_document'
        when committees.committee_count >= 3
        then 'assumed'
    end as statement_source,
    coalesce(by_rows.statement, headed.statement) is not distinct from 'balance_sheet' as is_stock
from tables
left join decided_by_rows as by_rows on tables.table_id = by_rows.table_id
left join headed on tables.table_id = headed.table_id
left join committees on tables.table_id = committees.table_id
