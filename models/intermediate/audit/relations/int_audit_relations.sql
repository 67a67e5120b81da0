-- Every relation between printed figures that should hold, as figures and coefficients: the sum of coefficient times
-- printed number should be zero, apart from rounding.
with
    cells as (select * from {{ ref("int_audit_cells") }}),
    lines as (select * from {{ ref("int_audit_lines") }} where figure_id is not null),
    differences as (select * from {{ ref("int_audit_differences") }}),
    table_sums as (select * from {{ ref("int_audit_table_sums") }}),
    all_pairs as (select * from {{ ref("int_pair_rows") }}),
    pairs as (select * from all_pairs where deviation_is_net),
    same_figures as (select * from {{ ref("int_audit_same_figures") }}),

    sums as (
        select 'plain' as depth, *
        from {{ ref("int_audit_sums") }}
        union all
        select 'nested' as depth, *
        from {{ ref("int_audit_nested_sums") }}
    ),

    -- Lines that a plain sum adds are counted through its total in a nested sum.
    consumed as (
        select distinct 'nested' as depth, axis, table_id, unnest(range(first_place, last_place + 1)) as place
        from sums
        where depth = 'plain' and side <> 'apart'
    ),

    sum_terms as (
        select
            'sum' as relation_kind,
            concat_ws(' ', totals.figure_id, sums.axis, sums.depth, sums.side) as relation_key,
            totals.figure_id as result_figure_id,
            terms.figure_id,
            case
                when terms.place = sums.total_place
                then -1
                when sums.convention = 'all_added' or (sums.convention = 'income_less_cost') = terms.is_income
                then 1
                else -1
            end as coefficient
        from sums
        inner join
            lines as totals
            on sums.axis = totals.axis
            and sums.table_id = totals.table_id
            and sums.total_place = totals.place
        inner join
            lines as terms
            on totals.axis = terms.axis
            and totals.table_id = terms.table_id
            and totals.across = terms.across
        left join
            consumed
            on sums.depth = consumed.depth
            and terms.axis = consumed.axis
            and terms.table_id = consumed.table_id
            and terms.place = consumed.place
        where
            terms.place = sums.total_place
            or (
                terms.place between sums.first_place and sums.last_place
                and not terms.is_of_which
                and consumed.place is null
            )
        window whole_relation as (partition by relation_key)
        -- See learned_sums. What lies between its parts is their mean, whatever the other lines are.
        qualify
            (sums.convention = 'all_added' or not bool_or(terms.is_difference) over whole_relation)
            and not coalesce(
                not bool_or(terms.is_money) over whole_relation
                and min(terms.precision) over whole_relation < 0.5
                and count(terms.value) over whole_relation > 2
                and totals.value
                between min(case when terms.place <> sums.total_place then terms.value end) over whole_relation and max(
                    case when terms.place <> sums.total_place then terms.value end
                ) over whole_relation,
                false
            )
    ),

    difference_terms as (
        select
            result_kind as relation_kind,
            result_figure_id || ' difference' as relation_key,
            result_figure_id,
            unnest([result_figure_id, minuend_figure_id, subtrahend_figure_id]) as figure_id,
            unnest([-1, direction, - direction]) as coefficient
        from differences
    ),

    -- A pair of income and cost has one deviation, that of its net.
    pair_terms as (
        select
            'deviation' as relation_kind,
            results.figure_id || ' pair' as relation_key,
            results.figure_id as result_figure_id,
            terms.figure_id,
            case when terms.value_kind = 'deviation' then -1 when terms.value_kind = 'budget' then -1 else 1 end
            * terms.factor as coefficient
        from cells as results
        inner join pairs on results.table_id = pairs.table_id and results.activity_code = pairs.activity_code
        inner join
            cells as terms
            on results.table_id = terms.table_id
            and results.activity_code = terms.activity_code
            and results.period_end = terms.period_end
            and results.period_basis = terms.period_basis
        where
            results.value_kind = 'deviation'
            and not results.is_blank
            and not terms.is_blank
            and (terms.figure_id = results.figure_id or terms.value_kind in ('outcome', 'forecast', 'budget'))
        window one_deviation as (partition by results.figure_id)
        -- With two budgets, or an outcome beside a forecast, nothing says which of them the deviation is about.
        qualify
            count(*) filter (where terms.value_kind = 'budget') over one_deviation between 1 and 2
            and count(*) filter (where terms.value_kind in ('outcome', 'forecast')) over one_deviation between 1 and 2
    ),

    -- The net of such a pair may be printed in another table.
    pair_net_terms as (
        select
            'table_sum' as relation_kind,
            concat_ws(' ', nets.figure_id, 'pair', all_pairs.table_id) as relation_key,
            nets.figure_id as result_figure_id,
            terms.figure_id,
            case when terms.figure_id = nets.figure_id then -1 else 1 end * terms.factor as coefficient
        from cells as nets
        inner join
            all_pairs
            on nets.document_id = all_pairs.document_id
            and nets.table_id <> all_pairs.table_id
            and nets.activity_code = all_pairs.activity_code
        inner join
            cells as terms
            on nets.document_id = terms.document_id
            and nets.activity_code = terms.activity_code
            and (
                terms.figure_id = nets.figure_id
                or (
                    terms.table_id = all_pairs.table_id
                    and terms.value_kind = nets.value_kind
                    and terms.period_end = nets.period_end
                    and terms.period_basis = nets.period_basis
                    and not terms.is_blank
                )
            )
        where nets.subject_code = 'net_cost' and not nets.is_blank
        qualify
            count(*) over (partition by nets.figure_id, all_pairs.table_id)
            = case when nets.value_kind = 'deviation' and all_pairs.deviation_is_net then 2 else 3 end
    ),

    table_sum_figures as (
        select
            concat_ws(' ', figure_id, 'table', parts_table_id, part) as relation_key,
            figure_id as result_figure_id,
            unnest(list_append(part_figure_ids, figure_id)) as figure_id
        from table_sums
    ),

    table_sum_terms as (
        select
            'table_sum' as relation_kind,
            table_sum_figures.relation_key,
            table_sum_figures.result_figure_id,
            table_sum_figures.figure_id,
            case when table_sum_figures.figure_id = table_sum_figures.result_figure_id then -1 else 1 end
            * cells.factor as coefficient
        from table_sum_figures
        inner join cells on table_sum_figures.figure_id = cells.figure_id
    ),

    same_figure_terms as (
        select
            relation_kind,
            concat_ws(' ', figure_id, 'is', other_figure_id) as relation_key,
            figure_id as result_figure_id,
            unnest([figure_id, other_figure_id]) as figure_id,
            unnest([- factor, other_factor]) as coefficient
        from same_figures
    ),

    terms as (
        {% for relation in [
            "sum_terms",
            "difference_terms",
            "pair_terms",
            "pair_net_terms",
            "table_sum_terms",
            "same_figure_terms",
        ] %}
            select * from {{ relation }} {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    -- The same figures related twice (a total above and below its parts) are one relation.
    signed as (
        select relation_key, string_agg(figure_id, ' ' order by figure_id) as figure_ids
        from terms
        group by relation_key
    )

select
    terms.relation_key,
    terms.relation_kind,
    terms.result_figure_id,
    terms.figure_id,
    cast(terms.coefficient as decimal(18, 3)) as coefficient
from terms
inner join signed on terms.relation_key = signed.relation_key
qualify terms.relation_key = min(terms.relation_key) over (partition by signed.figure_ids)
