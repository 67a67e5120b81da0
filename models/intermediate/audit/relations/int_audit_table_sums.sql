-- Tables without a total whose rows add up to a row of another table of the document, for the same kinds and periods:
-- all rows, the incomes alone or the costs alone.
with
    cells as (select * from {{ ref("int_audit_cells") }} where is_money and not is_blank and not spans_project),
    sums as (select * from {{ ref("int_audit_sums") }}),
    pairs as (select * from {{ ref("int_pair_rows") }} where deviation_is_net),

    parts as (
        select
            *,
            unnest(
                case
                    -- A figure printed once for a pair is about its net, neither income nor cost.
                    when value_kind = 'deviation' and table_id in (select pairs.table_id from pairs)
                    then ['all']
                    else ['all', if(is_income, 'income', 'cost')]
                end
            ) as part
        from cells
        where
            not is_of_which
            and not exists (select 1 from sums where sums.axis = 'rows' and sums.table_id = cells.table_id)
    ),

    columns_added as (
        select
            document_id,
            table_id,
            part,
            value_kind,
            period_basis,
            period_end,
            sum(factor * value) as amount,
            sum(abs(factor * value)) as magnitude,
            sum(abs(factor) * rounding) as precision,
            count(*) as numbers,
            list(figure_id order by row_no) as part_figure_ids
        from parts
        group by document_id, table_id, part, value_kind, period_basis, period_end
        having count(distinct row_no) > 1 and count(distinct col_no) = 1
    ),

    tried as (
        select
            total.row_id,
            total.figure_id,
            columns_added.table_id as parts_table_id,
            columns_added.part,
            columns_added.part_figure_ids,
            abs(total.factor * total.value - columns_added.amount)
            <= abs(total.factor) * total.precision + columns_added.precision as holds,
            {{
                evidence_bits(
                    "greatest(abs(total.factor * total.value), columns_added.magnitude)",
                    "(abs(total.factor) * total.precision + columns_added.precision)",
                )
            }} as bits
        from cells as total
        inner join
            columns_added
            on total.document_id = columns_added.document_id
            and total.table_id <> columns_added.table_id
            and total.value_kind = columns_added.value_kind
            and total.period_basis = columns_added.period_basis
            and total.period_end = columns_added.period_end
    ),

    believed as (
        select
            *,
            count(*) filter (where holds) over whole_row as held,
            count(*) over whole_row as tried,
            coalesce(sum(bits) filter (where holds) over whole_row, 0) as belief
        from tried
        window whole_row as (partition by row_id, parts_table_id, part)
    )

select row_id, figure_id, parts_table_id, part, part_figure_ids
from believed
where held > 1 and 2 * held > tried and belief > 12
