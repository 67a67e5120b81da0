-- Rows that print the budget, forecast or deviation of the row above them, in tables whose columns are years of
-- outcomes: `Nettokostnader`, and below it `Budget` and `Budgetavvikelse`.
with
    rows as (select * from {{ ref("int_rows_parented") }}),
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    tables as (select * from {{ ref("int_tables_interpreted") }} where is_money),

    tables_of_years as (
        select table_id
        from columns
        where not is_commentary
        group by table_id
        having bool_and(value_kind = 'outcome' and period_basis = 'full_year')
    ),

    interpreted as (
        select
            rows.*,
            case
                when regexp_full_match({{ label_key("rows.row_label") }}, '(års)?budget')
                then 'budget'
                when regexp_full_match({{ label_key("rows.row_label") }}, '((hel)?års)?prognos( helår)?')
                then 'forecast'
                when regexp_full_match({{ label_key("rows.row_label") }}, '(budget)?avvikelse( mot budget)?')
                then 'deviation'
            end as value_kind
        from rows
        inner join tables_of_years using (table_id)
        inner join tables using (table_id)
    ),

    above as (
        select
            *,
            last_value(case when value_kind is null and not is_heading then row_label end ignore nulls) over (
                partition by table_id order by row_no rows between unbounded preceding and 1 preceding
            ) as subject_row_label
        from interpreted
    )

select row_id, value_kind, subject_row_label
from above
where value_kind is not null and subject_row_label is not null
