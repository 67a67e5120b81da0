with
    rows as (select * from {{ ref("stg_reports__rows") }}),

    gendered as (
        select
            *,
            -- Rows that say only women or men are about the row above them.
            case
                row_label_key when 'kvinnor' then 'K' when 'flickor' then 'K' when 'män' then 'M' when 'pojkar' then 'M'
            end as row_gender
        from rows
    ),

    above as (
        select
            *,
            last_value(case when is_heading then row_label end ignore nulls) over rows_above as heading_label,
            last_value(
                case when row_label <> '-' and row_gender is null then row_label end ignore nulls
            ) over rows_above as named_row_label
        from gendered
        window rows_above as (partition by table_id order by row_no rows between unbounded preceding and 1 preceding)
    )

select
    row_id,
    table_id,
    document_id,
    table_no,
    row_no,
    row_label,
    source_line,
    is_heading,
    row_notes,
    row_gender,
    case when row_label = '-' or row_gender is not null then named_row_label else heading_label end as parent_label
from above
