-- Rows that are committees, rows under a committee's heading, and all rows of the tables where the rows are committees.
with
    rows as (select * from {{ ref("stg_reports__rows") }}),
    documents as (select document_id, municipality_code from {{ ref("stg_reports__documents") }}),
    committee_names as (select * from {{ ref("int_committee_names") }}),

    named as (
        select
            rows.row_id,
            rows.table_id,
            rows.row_no,
            rows.is_heading,
            committee_names.committee,
            committee_names.committee_kind,
            {{ is_total_label("rows.row_label", true) }} as is_total
        from rows
        inner join documents on rows.document_id = documents.document_id
        left join
            committee_names
            on documents.municipality_code is not distinct from committee_names.municipality_code
            and rows.row_label = committee_names.printed_name
    ),

    -- A heading that names a committee is about the rows down to the next heading, committee or sum.
    blocks as (
        select
            *,
            count(distinct committee) over (partition by table_id) >= 3 as is_committee_table,
            last_value(
                case
                    when is_heading
                    then {'committee':committee, 'committee_kind':committee_kind}
                    when committee is not null or is_total
                    then {'committee':null, 'committee_kind':null}
                end ignore nulls
            ) over (partition by table_id order by row_no rows between unbounded preceding and 1 preceding) as heading
        from named
    )

select
    row_id,
    coalesce(committee, heading.committee) as committee,
    case when committee is not null then committee_kind else heading.committee_kind end as committee_kind,
    committee is not null as is_committee_row,
    is_committee_table
from blocks
where is_committee_table or coalesce(committee, heading.committee) is not null
