-- Columns that an answer could take for each other: two columns of one kind and period with different figures, and
-- headers that say otherwise than the column of deviations computes.
with
    cells as (select * from {{ ref("int_audit_cells") }} where not is_blank and not is_percent),
    columns as (select * from {{ ref("stg_reports__columns") }}),
    headers as (select * from {{ ref("int_headers_matched") }}),
    differences as (select * from {{ ref("int_audit_differences") }}),
    checks as (select * from {{ ref("int_audit_relation_checks") }}),

    alike as (
        select
            cells.table_id,
            others.col_no,
            others.column_header as printed_text,
            cells.column_header as detail,
            count(*) filter (where cells.value <> others.value) as rows_apart
        from cells
        inner join
            cells as others
            on cells.row_id = others.row_id
            and cells.col_no < others.col_no
            and cells.subject_code = others.subject_code
            and cells.activity_code = others.activity_code
            and cells.gender = others.gender
            and cells.value_kind = others.value_kind
            and cells.period_basis = others.period_basis
            and cells.period_end = others.period_end
        where cells.value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
        group by cells.table_id, cells.col_no, others.col_no, others.column_header, cells.column_header
        having rows_apart > 0
        -- One finding per column, about the nearest column to its left.
        qualify row_number() over (partition by cells.table_id, others.col_no order by cells.col_no desc) = 1
    ),

    header_kinds as (
        select
            columns.table_id,
            columns.col_no,
            columns.column_header,
            case
                when headers.value_kind in ('outcome', 'forecast')
                then 'compared'
                when headers.value_kind in ('budget', 'period_budget')
                then 'budget'
                else headers.value_kind
            end as kind
        from columns
        left join headers on columns.column_header = headers.column_header
    ),

    computed as (
        select
            differences.table_id,
            differences.result_col_no,
            differences.minuend_col_no,
            differences.subtrahend_col_no,
            count(*) as rows_telling,
            count(*) filter (where checks.outcome <> 'fails') as rows_fitted
        from differences
        inner join cells as results on differences.result_figure_id = results.figure_id
        inner join checks on differences.result_figure_id || ' difference' = checks.relation_key
        where results.value <> 0
        group by
            differences.table_id, differences.result_col_no, differences.minuend_col_no, differences.subtrahend_col_no
        having rows_telling >= 3 and 5 * rows_fitted >= 4 * rows_telling
    ),

    contradicted as (
        select
            computed.table_id,
            computed.result_col_no as col_no,
            results.column_header as printed_text,
            minuends.column_header || ' – ' || subtrahends.column_header as detail
        from computed
        inner join
            header_kinds as results on computed.table_id = results.table_id and computed.result_col_no = results.col_no
        inner join
            header_kinds as minuends
            on computed.table_id = minuends.table_id
            and computed.minuend_col_no = minuends.col_no
        inner join
            header_kinds as subtrahends
            on computed.table_id = subtrahends.table_id
            and computed.subtrahend_col_no = subtrahends.col_no
        where
            results.kind = 'deviation'
            and minuends.kind in ('compared', 'budget', 'plan')
            and subtrahends.kind in ('compared', 'budget', 'plan')
            and not (minuends.kind = 'compared' and subtrahends.kind = 'budget')
            and not (minuends.kind = 'budget' and subtrahends.kind = 'compared')
            and computed.table_id in (select header_kinds.table_id from header_kinds where header_kinds.kind = 'budget')
            and not regexp_matches(lower(results.column_header), 'prognos|fg|föreg|förra|utfall|bokslut')
    )

select 'columns_of_one_kind' as rule, table_id, col_no, printed_text, detail
from alike
union all
select 'header_contradicts_the_difference' as rule, table_id, col_no, printed_text, detail
from contradicted
