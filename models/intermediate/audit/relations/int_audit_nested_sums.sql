-- Totals that are the sum of consecutive lines, where the parts of sub-totals count only through their sub-total.
with
    lines as (select * from {{ ref("int_audit_lines") }}),
    all_sums as (select * from {{ ref("int_audit_sums") }}),
    sums as (select * from all_sums where side <> 'apart'),

    -- A table without any sum has no sub-totals and need not be tried again.
    summed_tables as (select distinct axis, table_id from all_sums),

    subtotalled as (
        select
            lines.* exclude (is_counted_elsewhere),
            exists (
                select 1
                from sums
                where
                    sums.axis = lines.axis
                    and sums.table_id = lines.table_id
                    and lines.place between sums.first_place and sums.last_place
            ) as is_counted_elsewhere
        from lines
        inner join summed_tables using (axis, table_id)
    ),

    {{ learned_sums("subtotalled") }}
