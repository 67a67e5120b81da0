-- Figures out of line with the other figures of their series: far from all of them, of another sign, or a share below 0
-- or above 100. Figures that a sum or difference confirms are left out.
with
    histories as (select * from {{ ref("int_audit_histories") }}),
    relations as (select * from {{ ref("int_audit_relations") }}),
    checks as (select * from {{ ref("int_audit_relation_checks") }}),

    causes as (select * from {{ ref("int_audit_causes") }}),
    wrong_headers as (select * from {{ ref("int_audit_header_findings") }} where rule <> 'header_not_mapped'),
    wrong_units as (select * from {{ ref("int_audit_unit_findings") }}),

    confirmed as (
        select distinct relations.figure_id
        from relations
        inner join checks on relations.relation_key = checks.relation_key
        where
            checks.relation_kind in ('sum', 'deviation', 'change', 'table_sum')
            and checks.outcome <> 'fails'
            and checks.magnitude > 0
    ),

    judged as (
        select
            *,
            case
                when not is_money and neighbours > 0 and neighbours_of_its_sign = 0 and printed_value < 0
                then 'sign_unlike_its_history'
                when neighbours < 2
                then null
                when
                    spread <= 3
                    and abs(ln(abs(ratio))) > ln(case when spread <= 2 then 5 else 7 end)
                    and greatest(abs(printed_value), abs(usual_printed_value)) >= 10
                then 'figure_out_of_line'
                when spread <= 3 and abs(ratio) between 1 / 3.0 and 3 and neighbours_of_its_sign = 0
                then 'sign_unlike_its_history'
                when
                    spread <= 1.1
                    and abs(ln(abs(ratio))) > 0.25
                    and {{ is_swap_of("printed_text", "usual_printed_value", 0.1) }}
                then 'digits_perhaps_swapped'
                when
                    not is_money
                    and unit not in ('percent', 'index')
                    and neighbours_with_decimals = 0
                    and strpos(printed_text, ',') > 0
                then 'decimals_unlike_its_history'
            end as rule_of_history
        from histories
        where
            figure_id not in (select confirmed.figure_id from confirmed)
            and figure_id not in (select causes.figure_id from causes)
            and (table_id, col_no) not in (select (wrong_headers.table_id, wrong_headers.col_no) from wrong_headers)
            and table_id not in (select wrong_units.table_id from wrong_units)
    )

select
    coalesce(rule_of_history, 'share_out_of_range') as rule,
    table_id,
    row_id,
    col_no,
    printed_text,
    printed_value,
    usual_printed_value as computed_value,
    figure_id
from judged
where
    rule_of_history is not null
    or (
        unit = 'percent'
        and not is_rate
        and value_kind in ('outcome', 'forecast', 'target')
        and printed_value not between 0
        and 100
    )
