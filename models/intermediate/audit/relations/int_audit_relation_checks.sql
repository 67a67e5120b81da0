-- The difference that each relation leaves, and whether rounding of its figures can explain it.
with
    relations as (select * from {{ ref("int_audit_relations") }}),
    cells as (select * from {{ ref("int_audit_cells") }}),

    added as (
        select
            relations.relation_key,
            relations.relation_kind,
            relations.result_figure_id,
            sum(relations.coefficient * coalesce(cells.value, 0)) as residual,
            sum(abs(relations.coefficient) * cells.rounding) as tolerance,
            max(abs(relations.coefficient * coalesce(cells.value, 0))) as magnitude
        from relations
        inner join cells on relations.figure_id = cells.figure_id
        group by relations.relation_key, relations.relation_kind, relations.result_figure_id
    )

select
    *, case when residual = 0 then 'holds' when abs(residual) <= tolerance then 'rounding' else 'fails' end as outcome
from added
