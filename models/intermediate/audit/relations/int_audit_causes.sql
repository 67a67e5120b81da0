-- The single cell most likely to be wrong in each failed relation. A wrong cell breaks every relation that it is part
-- of, and one other number in its place repairs them all. Among cells for which this is equally true, the one with the
-- fewest typing errors comes first, then the one least like the other figures of its series.
with
    relations as (select * from {{ ref("int_audit_relations") }}),
    checks as (select * from {{ ref("int_audit_relation_checks") }}),
    cells as (select * from {{ ref("int_audit_cells") }}),
    histories as (select * from {{ ref("int_audit_histories") }}),
    wrong_units as (select * from {{ ref("int_audit_unit_findings") }}),
    wrong_headers as (select * from {{ ref("int_audit_header_findings") }} where rule <> 'header_not_mapped'),

    terms as (
        select
            checks.*,
            relations.figure_id,
            - checks.residual / relations.coefficient as mending_change,
            checks.tolerance / abs(relations.coefficient) as slack
        from relations
        inner join checks on relations.relation_key = checks.relation_key
    ),

    -- Relations that fail because the unit of a table or a header is wrong belong to that finding, not to a cell.
    explained as (
        select terms.relation_key
        from terms
        inner join cells on terms.figure_id = cells.figure_id
        left join wrong_units on cells.table_id = wrong_units.table_id
        left join wrong_headers on cells.table_id = wrong_headers.table_id and cells.col_no = wrong_headers.col_no
        where
            terms.relation_kind in ('same_figure', 'same_figure_elsewhere', 'table_sum')
            and (wrong_units.rule is not null or wrong_headers.rule is not null)
    ),

    suspects as (
        select *
        from terms
        where outcome = 'fails' and relation_key not in (select explained.relation_key from explained)
    ),

    mended as (
        select suspects.relation_key, suspects.figure_id, count(*) as relations_mended
        from suspects
        inner join
            suspects as others
            on suspects.figure_id = others.figure_id
            and abs(suspects.mending_change - others.mending_change) <= suspects.slack + others.slack
        group by suspects.relation_key, suspects.figure_id
    ),

    broken as (
        select suspects.relation_key, suspects.figure_id, count(*) as relations_broken
        from suspects
        inner join
            terms as holding
            on suspects.figure_id = holding.figure_id
            and holding.outcome <> 'fails'
            and abs(suspects.mending_change) > holding.slack
        group by suspects.relation_key, suspects.figure_id
    ),

    rewritten as (
        select
            suspects.*,
            cells.table_id,
            cells.row_id,
            cells.col_no,
            cells.printed_text,
            cells.value,
            cells.is_blank and not cells.is_broken as is_blank,
            cells.is_broken,
            mended.relations_mended,
            coalesce(broken.relations_broken, 0) as relations_broken,
            coalesce(abs(ln(abs(histories.ratio))) + case when histories.ratio < 0 then 9 else 0 end, 0) as oddness,
            round(coalesce(cells.value, 0) + suspects.mending_change, 6) as mended_value,
            {{ shortest_print("coalesce(cells.value, 0) + suspects.mending_change", "cells.precision") }} as mended_text
        from suspects
        inner join cells on suspects.figure_id = cells.figure_id
        inner join mended on suspects.relation_key = mended.relation_key and suspects.figure_id = mended.figure_id
        left join histories on suspects.figure_id = histories.figure_id
        left join broken on suspects.relation_key = broken.relation_key and suspects.figure_id = broken.figure_id
    ),

    -- Two cells of a row or a column, each of which would have to be what the other is.
    swapped as (
        select distinct one.relation_key, one.figure_id
        from rewritten as one
        inner join
            rewritten as other
            on one.table_id = other.table_id
            and one.relation_key <> other.relation_key
            and one.figure_id <> other.figure_id
            and (one.row_id = other.row_id or one.col_no = other.col_no)
            and abs(one.mended_value - other.value) <= one.slack
            and abs(other.mended_value - one.value) <= other.slack
        where
            abs(one.value - other.value) > one.slack + other.slack and greatest(abs(one.value), abs(other.value)) >= 10
    ),

    judged as (
        select
            rewritten.*,
            swapped.figure_id is not null as is_swapped,
            -- A blank cell that would repair everything is as good an explanation as two typing errors.
            coalesce(
                case when rewritten.is_blank then 2 else {{ strokes_apart("printed_text", "mended_text") }} end, 2
            ) as strokes,
            relations_mended - relations_broken as relations_gained,
            count(*) over (partition by rewritten.relation_key, relations_gained) as cells_as_good,
            max(relations_gained) over (partition by rewritten.relation_key) as most_gained,
            max(mended_value) filter (where rewritten.figure_id = rewritten.result_figure_id) over (
                partition by rewritten.relation_key
            ) as result_mended_value,
            -- Where the result is right but for its sign, and a sum counts on that sign, the table counts incomes and
            -- costs in different ways.
            bool_or(
                rewritten.figure_id = rewritten.result_figure_id
                and rewritten.relation_kind in ('deviation', 'change')
                and relations_broken > 0
                and abs(mended_value + rewritten.value) <= slack
            ) over (partition by rewritten.relation_key) as is_only_turned
        from rewritten
        left join swapped on rewritten.relation_key = swapped.relation_key and rewritten.figure_id = swapped.figure_id
    )

select
    relation_key,
    relation_kind,
    result_figure_id,
    figure_id,
    printed_text,
    value as printed_value,
    mended_value,
    result_mended_value,
    slack as tolerance,
    relations_mended,
    relations_broken,
    strokes,
    is_swapped,
    is_broken,
    relations_gained = most_gained and cells_as_good = 1 as is_only_cell
from judged
where not is_only_turned
-- Digits that are not in groups of three are an error in themselves; of cells that are equally likely, a single typing
-- error is likelier than a wrong total, and a wrong total likelier than anything else.
qualify
    row_number() over (
        partition by relation_key
        order by
            is_swapped desc,
            relations_gained desc,
            is_broken desc,
            case when is_blank then 1.5 else least(strokes, 2) end,
            figure_id <> result_figure_id,
            strokes,
            oddness desc,
            figure_id
    )
    = 1
