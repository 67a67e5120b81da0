-- Pairs of rows, income and cost of one activity, in tables without a net row. A figure printed once for the pair (a
-- deviation) is about their net.
with
    figures as (select * from {{ ref("int_figures") }} where column_part is null),

    counted as (
        select
            document_id,
            table_id,
            activity_code,
            count(*) filter (where line_code = 'net_cost') as net_rows,
            count(distinct row_no) filter (where line_code = 'income') as income_rows,
            count(distinct row_no) filter (where line_code = 'gross_cost') as cost_rows,
            count(*) filter (where value_kind = 'deviation' and value is not null) as deviations,
            count(distinct col_no) filter (where value_kind = 'deviation' and value is not null) as deviation_columns
        from figures
        where is_money
        group by document_id, table_id, activity_code
    )

select document_id, table_id, activity_code, deviations <= deviation_columns as deviation_is_net
from counted
where net_rows = 0 and income_rows = 1 and cost_rows = 1
