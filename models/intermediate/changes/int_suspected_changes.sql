-- Changes of amounts that look as if the content had changed without the report saying so. A suspicion takes a change
-- that is large beside the committee's largest amount.
with
    pairs as (select * from {{ ref("int_year_pairs") }} where subject_kind = 'budget_line'),
    budget_figures as (select * from {{ ref("int_budget_figures") }} where statement = 'operating'),

    lines as (
        select
            pairs.*,
            budget_figures.table_id,
            budget_figures.breakdown,
            budget_figures.line_role,
            budget_figures.is_addable,
            max(abs(pairs.previous_value)) over (
                partition by
                    pairs.municipality_code,
                    pairs.committee,
                    pairs.subject_scope,
                    pairs.value_kind,
                    pairs.period_basis,
                    pairs.period_end
            ) as largest_amount
        from pairs
        inner join
            budget_figures
            on coalesce(pairs.figure_id, array_to_string(pairs.input_figure_ids, '+')) = budget_figures.figure_id
    ),

    -- Costs that move between activities: the activities of a table change, their sum doesn't.
    moved as (
        select
            table_id,
            breakdown,
            is_addable,
            municipality_code,
            committee,
            subject_scope,
            line_role,
            value_kind,
            period_basis,
            period_end,
            sum(abs(change)) as gross_change,
            abs(sum(change)) as net_change
        from lines
        where breakdown = 'activity' and is_addable
        group by
            table_id,
            breakdown,
            is_addable,
            municipality_code,
            committee,
            subject_scope,
            line_role,
            value_kind,
            period_basis,
            period_end
        having
            count(*) > 1 and sum(abs(change)) > 10 * abs(sum(change)) and sum(abs(change)) > 0.05 * max(largest_amount)
    ),

    doubted as (
        select
            lines.*,
            case
                when moved.gross_change is not null
                then
                    'Verksamheternas förändringar tar ut varandra ('
                    || {{ amount_in_words("moved.gross_change") }}
                    || ' sammanlagt, '
                    || {{ amount_in_words("moved.net_change") }}
                    || ' netto): kostnader kan ha flyttats mellan dem'
            end as moved_note,
            case
                when
                    lines.line_role not in ('result', 'financial')
                    and sign(lines.value) = sign(lines.previous_value)
                    and abs(lines.value) > 2 * abs(lines.previous_value)
                    and abs(lines.change) > 0.01 * lines.largest_amount
                then 'Beloppet har mer än fördubblats: innehållet kan ha ändrats'
            end as doubled_note
        from lines
        left join
            moved
            on lines.table_id = moved.table_id
            and lines.breakdown = moved.breakdown
            and lines.is_addable = moved.is_addable
            and lines.municipality_code = moved.municipality_code
            and lines.committee = moved.committee
            and lines.subject_scope = moved.subject_scope
            and lines.line_role = moved.line_role
            and lines.value_kind = moved.value_kind
            and lines.period_basis = moved.period_basis
            and lines.period_end = moved.period_end
    )

select
    municipality_code,
    committee,
    subject_scope,
    subject_code,
    activity_code,
    value_kind,
    period_basis,
    period_end,
    concat_ws('; ', moved_note, doubled_note) as note
from doubted
where moved_note is not null or doubled_note is not null
