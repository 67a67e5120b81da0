with
    rows as (select * from {{ ref("stg_reports__rows") }}),

    above as (
        select
            *,
            last_value(case when is_heading then row_label end ignore nulls) over rows_above as heading_label,
            last_value(case when row_label <> '-' then row_label end ignore nulls) over rows_above as named_row_label
        from rows
        window
            rows_above as (
                partition by document_id, table_no order by row_no rows between unbounded preceding and 1 preceding
            )
    )

select
    document_id,
    table_no,
    row_no,
    row_label,
    source_line,
    is_heading,
    row_notes,
    case when row_label = '-' then named_row_label else heading_label end as parent_label
from above
