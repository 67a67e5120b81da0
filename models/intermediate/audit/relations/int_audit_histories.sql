-- Each figure beside the other figures of its series: the usual value, and how far the figure is from it.
with
    figures as (select * from {{ ref("int_figures") }} where assessment_field is null),
    cells as (select * from {{ ref("stg_reports__cells") }}),
    breaks as (select * from {{ ref("int_breaks") }}),

    numbers as (
        select
            figures.figure_id,
            figures.table_id,
            figures.row_id,
            figures.col_no,
            concat_ws(
                '|',
                figures.municipality_code,
                figures.committee,
                figures.subject_scope,
                figures.subject_code,
                figures.activity_code,
                figures.gender,
                figures.period_basis,
                -- The series of a label that no seed knows is its own row.
                case when not figures.is_mapped then figures.row_id end,
                -- Figures on either side of a break are not compared.
                (
                    select count(*)
                    from breaks
                    where {{ is_about_figure("breaks", "figures") }} and breaks.valid_from <= figures.period_end
                )
            ) as subject,
            figures.is_money,
            figures.unit,
            figures.value_kind,
            {{ is_rate_label("concat_ws(' ', figures.table_title, figures.row_label, figures.column_header)") }}
            as is_rate,
            cells.raw_text as printed_text,
            cast(coalesce(cells.printed_value, cells.printed_target) as double precision) as printed_value,
            cast(coalesce(figures.tkr_multiplier, 1) as double precision) as factor
        from figures
        inner join cells on figures.figure_id = cells.figure_id
        where
            figures.value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'target')
            and coalesce(cells.printed_value, cells.printed_target) <> 0
    ),

    beside_others as (
        select
            numbers.figure_id,
            count(others.figure_id) as neighbours,
            count(others.figure_id) filter (
                where sign(others.factor * others.printed_value) = sign(numbers.factor * numbers.printed_value)
            ) as neighbours_of_its_sign,
            count(others.figure_id) filter (
                where strpos(others.printed_text, ',') > 0 or others.value_kind <> numbers.value_kind
            ) as neighbours_with_decimals,
            median(abs(others.factor * others.printed_value))
            * case when sum(sign(others.factor * others.printed_value)) < 0 then -1 else 1 end as usual_value,
            max(abs(others.factor * others.printed_value)) / min(abs(others.factor * others.printed_value)) as spread
        from numbers
        left join numbers as others on numbers.subject = others.subject and numbers.figure_id <> others.figure_id
        group by numbers.figure_id
    )

select
    numbers.figure_id,
    numbers.table_id,
    numbers.row_id,
    numbers.col_no,
    numbers.is_money,
    numbers.unit,
    numbers.value_kind,
    numbers.is_rate,
    numbers.printed_text,
    numbers.printed_value,
    beside_others.neighbours,
    beside_others.neighbours_of_its_sign,
    beside_others.neighbours_with_decimals,
    beside_others.spread,
    beside_others.usual_value / numbers.factor as usual_printed_value,
    numbers.printed_value * numbers.factor / beside_others.usual_value as ratio
from numbers
inner join beside_others on numbers.figure_id = beside_others.figure_id
