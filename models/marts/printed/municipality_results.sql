{% set question %} document_id, subject_scope, value_kind, period_basis, period_end {% endset %}

with
    items as (select * from {{ ref("int_municipality_items") }} where amount is not null),
    documents as (select * from {{ ref("stg_reports__documents") }}),

    -- Adjustments and reserves may be several rows of one column; of any other item, the last row counts.
    in_columns as (
        select
            {{ question }},
            item,
            table_no,
            col_no,
            case
                when item in ('adjustments', 'to_reserve', 'from_reserve') then sum(amount) else arg_max(amount, row_no)
            end as amount,
            sum(precision_tkr) as precision_tkr,
            case
                when item in ('adjustments', 'to_reserve', 'from_reserve')
                then list(figure_id order by row_no)
                else [arg_max(figure_id, row_no)]
            end as figure_ids,
            arg_max(reserve_kind, row_no) as reserve_kind,
            arg_max(restore_by_year, row_no) as restore_by_year
        from items
        group by {{ question }}, item, table_no, col_no
    ),

    -- An item that several tables print counts once, in the first of them.
    once as (
        select *
        from in_columns
        qualify row_number() over (partition by {{ question }}, item order by table_no, col_no desc) = 1
    ),

    wide as (
        select
            {{ question }},
            {% for item in [
                "result",
                "balance_result",
                "adjustments",
                "result_after_adjustments",
                "to_reserve",
                "from_reserve",
                "balance_requirement_result",
                "deficit_to_restore",
                "result_pct_of_tax_and_grants",
                "equity_ratio_pct",
            ] %}
                max(amount) filter (where item = '{{ item }}') as {{ item }},
                coalesce(max(precision_tkr) filter (where item = '{{ item }}'), 0) as {{ item }}_precision,
                max(figure_ids) filter (where item = '{{ item }}') as {{ item }}_ids,
            {% endfor %}
            max(reserve_kind) as reserve_kind,
            max(restore_by_year) as restore_by_year
        from once
        group by {{ question }}
    ),

    -- What each sum misses by, and how much of that rounding can explain.
    summed as (
        select
            *,
            result - balance_result as results_off_by,
            result_precision + balance_result_precision as results_rounding,
            coalesce(balance_result, result)
            + coalesce(adjustments, 0)
            - coalesce(
                result_after_adjustments,
                balance_requirement_result - coalesce(to_reserve, 0) - coalesce(from_reserve, 0)
            ) as adjustments_off_by,
            greatest(balance_result_precision, result_precision)
            + adjustments_precision
            + result_after_adjustments_precision
            + case
                when result_after_adjustments is null
                then balance_requirement_result_precision + to_reserve_precision + from_reserve_precision
                else 0
            end as adjustments_rounding,
            result_after_adjustments
            + coalesce(to_reserve, 0)
            + coalesce(from_reserve, 0)
            - balance_requirement_result as reserves_off_by,
            result_after_adjustments_precision
            + to_reserve_precision
            + from_reserve_precision
            + balance_requirement_result_precision as reserves_rounding
        from wide
    ),

    judged as (
        select
            *,
            case
                when abs(results_off_by) > results_rounding
                then
                    'Årets resultat är ett annat i resultaträkningen än i balanskravsutredningen (skillnad '
                    || {{ swedish_print_short("results_off_by") }}
                    || ' tkr)'
                when abs(adjustments_off_by) > adjustments_rounding
                then
                    'Resultatet och justeringarna summerar inte till den redovisade summan (skillnad '
                    || {{ swedish_print_short("adjustments_off_by") }}
                    || ' tkr)'
                when abs(reserves_off_by) > reserves_rounding
                then
                    'Resultatet efter justeringar och reserverna summerar inte till balanskravsresultatet (skillnad '
                    || {{ swedish_print_short("reserves_off_by") }}
                    || ' tkr)'
            end as sums_note_sv
        from summed
    )

select
    documents.municipality_code,
    documents.municipality,
    judged.subject_scope,
    {{ wording_sv("'subject_scope'", "judged.subject_scope") }} as subject_scope_sv,
    cast(year(judged.period_end) as integer) as fiscal_year,
    judged.value_kind,
    {{ wording_sv("'value_kind'", "judged.value_kind") }} as value_kind_sv,
    judged.period_basis,
    {{ wording_sv("'period_basis'", "judged.period_basis") }} as period_basis_sv,
    judged.period_end,
    cast(coalesce(judged.result, judged.balance_result) as decimal(18, 3)) as result_tkr,
    cast(judged.adjustments as decimal(18, 3)) as adjustments_tkr,
    cast(judged.result_after_adjustments as decimal(18, 3)) as result_after_adjustments_tkr,
    cast(judged.to_reserve as decimal(18, 3)) as to_reserve_tkr,
    cast(judged.from_reserve as decimal(18, 3)) as from_reserve_tkr,
    judged.reserve_kind,
    {{ wording_sv("'reserve_kind'", "judged.reserve_kind") }} as reserve_kind_sv,
    cast(judged.balance_requirement_result as decimal(18, 3)) as balance_requirement_result_tkr,
    cast(judged.deficit_to_restore as decimal(18, 3)) as deficit_to_restore_tkr,
    judged.restore_by_year,
    cast(judged.result_pct_of_tax_and_grants as decimal(18, 2)) as result_pct_of_tax_and_grants,
    cast(judged.equity_ratio_pct as decimal(18, 2)) as equity_ratio_pct,
    case
        when coalesce(judged.results_off_by, judged.adjustments_off_by, judged.reserves_off_by) is not null
        then judged.sums_note_sv is null
    end as sums_agree,
    judged.sums_note_sv,
    coalesce(judged.result_ids, judged.balance_result_ids)[1] as result_figure_id,
    judged.adjustments_ids as adjustment_figure_ids,
    judged.result_after_adjustments_ids[1] as result_after_adjustments_figure_id,
    judged.to_reserve_ids as to_reserve_figure_ids,
    judged.from_reserve_ids as from_reserve_figure_ids,
    judged.balance_requirement_result_ids[1] as balance_requirement_result_figure_id,
    judged.deficit_to_restore_ids[1] as deficit_to_restore_figure_id,
    judged.result_pct_of_tax_and_grants_ids[1] as result_pct_figure_id,
    judged.equity_ratio_pct_ids[1] as equity_ratio_figure_id,
    judged.document_id,
    row_number() over (
        partition by
            documents.municipality_code,
            case when documents.municipality_code is null then judged.document_id end,
            judged.subject_scope,
            judged.value_kind,
            judged.period_basis,
            judged.period_end
        order by documents.information_date desc, judged.document_id
    )
    = 1 as is_latest,
    {{
        answer_row_id(
            [
                "judged.document_id",
                "judged.subject_scope",
                "judged.value_kind",
                "judged.period_basis",
                "judged.period_end",
            ]
        )
    }} as row_id
from judged
inner join documents on judged.document_id = documents.document_id
