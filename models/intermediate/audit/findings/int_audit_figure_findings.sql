-- Arithmetic findings, one per wrong cell, with everything else that fails because of it; and differences that rounding
-- explains.
with
    causes as (select * from {{ ref("int_audit_causes") }}),
    checks as (select * from {{ ref("int_audit_relation_checks") }} where outcome = 'rounding'),
    relations as (select * from {{ ref("int_audit_relations") }}),
    cells as (select * from {{ ref("int_audit_cells") }}),

    wrong_cells as (
        select
            figure_id,
            case
                when bool_and(printed_value is null)
                then case when bool_and(is_broken) then 'digits_lost_in_print' else 'figure_missing' end
                when bool_or(is_swapped)
                then 'figures_swapped'
                when bool_and(relation_kind = 'same_figure_elsewhere')
                then 'differs_from_another_document'
                when bool_or(relation_kind in ('deviation', 'change') and result_figure_id = figure_id)
                then
                    case
                        when bool_or(relation_kind = 'deviation' and result_figure_id = figure_id)
                        then 'printed_deviation_is_not_the_difference'
                        else 'printed_change_is_not_the_difference'
                    end
                when bool_or(relation_kind in ('sum', 'table_sum') and result_figure_id = figure_id)
                then 'printed_total_is_not_the_sum'
                when bool_and(relation_kind in ('same_figure', 'same_figure_elsewhere'))
                then 'printed_twice_with_different_figures'
                when bool_or(is_only_cell)
                then 'figure_does_not_fit_its_table'
                else 'figure_perhaps_misprinted'
            end as rule,
            -- The relation with the smallest tolerance gives the most exact value.
            arg_min(mended_value, (result_figure_id <> figure_id, tolerance, relation_key)) as computed_value,
            arg_min(tolerance, (result_figure_id <> figure_id, tolerance, relation_key)) as tolerance,
            count(*) as relations_failed,
            list(distinct result_figure_id) as result_figure_ids,
            min(relation_key) as a_relation_key
        from causes
        group by figure_id
    ),

    -- Where another cell may be the wrong one, what is certain is that the total or the difference does not come out.
    unproven as (
        select
            case
                when bool_or(causes.relation_kind = 'deviation')
                then 'printed_deviation_is_not_the_difference'
                when bool_or(causes.relation_kind = 'change')
                then 'printed_change_is_not_the_difference'
                else 'printed_total_is_not_the_sum'
            end as rule,
            causes.result_figure_id as figure_id,
            arg_min(causes.result_mended_value, (causes.tolerance, causes.relation_key)) as computed_value,
            min(causes.tolerance) as tolerance,
            count(*) as relations_failed
        from causes
        inner join wrong_cells on causes.figure_id = wrong_cells.figure_id
        left join wrong_cells as found_already on causes.result_figure_id = found_already.figure_id
        where
            wrong_cells.rule = 'figure_perhaps_misprinted'
            and causes.relation_kind in ('deviation', 'change', 'sum', 'table_sum')
            and found_already.figure_id is null
        group by causes.result_figure_id
    ),

    others as (
        select wrong_cells.figure_id, min(relations.figure_id) as other_figure_id
        from wrong_cells
        inner join relations on wrong_cells.a_relation_key = relations.relation_key
        where
            relations.figure_id <> wrong_cells.figure_id
            and wrong_cells.rule in ('differs_from_another_document', 'printed_twice_with_different_figures')
        group by wrong_cells.figure_id
    ),

    found as (
        select
            wrong_cells.rule,
            wrong_cells.figure_id,
            wrong_cells.computed_value,
            wrong_cells.tolerance,
            cast(wrong_cells.relations_failed as varchar) as detail,
            others.other_figure_id,
            list_sort(list_filter(wrong_cells.result_figure_ids, id -> id <> wrong_cells.figure_id)) as also_fails
        from wrong_cells
        left join others on wrong_cells.figure_id = others.figure_id
        union all
        select
            unproven.rule,
            unproven.figure_id,
            unproven.computed_value,
            unproven.tolerance,
            cast(unproven.relations_failed as varchar) as detail,
            cast(null as varchar) as other_figure_id,
            cast([] as varchar[]) as also_fails
        from unproven
        union all
        select
            'difference_within_rounding' as rule,
            checks.result_figure_id as figure_id,
            arg_min(
                cells.value + checks.residual / abs(relations.coefficient),
                (checks.tolerance / abs(relations.coefficient), checks.relation_key)
            ) as computed_value,
            min(checks.tolerance / abs(relations.coefficient)) as tolerance,
            cast(count(*) as varchar) as detail,
            cast(null as varchar) as other_figure_id,
            cast([] as varchar[]) as also_fails
        from checks
        inner join
            relations on checks.relation_key = relations.relation_key and checks.result_figure_id = relations.figure_id
        inner join cells on checks.result_figure_id = cells.figure_id
        where
            checks.result_figure_id not in (select causes.figure_id from causes)
            and checks.result_figure_id not in (select unproven.figure_id from unproven)
        group by checks.result_figure_id
    )

select
    found.rule,
    cells.table_id,
    cells.row_id,
    cells.col_no,
    cells.printed_text,
    cells.value as printed_value,
    found.computed_value,
    found.tolerance,
    found.detail,
    found.figure_id,
    found.other_figure_id,
    found.also_fails
from found
inner join cells on found.figure_id = cells.figure_id
