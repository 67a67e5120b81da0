-- One figure under two measures of a family: the hours of the whole committee as the outcome of one of its activities.
with
    figures as (
        select *
        from {{ ref("int_figures") }}
        where
            not is_money
            and is_mapped
            and value_kind = 'outcome'
            -- Two measures may share a short number by chance.
            and length(rtrim({{ bare_digits("raw_text") }}, '0')) >= 4
    )

select
    'one_figure_under_two_measures' as rule,
    figures.table_id,
    figures.row_id,
    figures.col_no,
    figures.raw_text as printed_text,
    figures.value as printed_value,
    others.row_label || ', ' || others.column_header as detail,
    figures.figure_id,
    others.figure_id as other_figure_id
from figures
inner join
    figures as others
    on figures.document_id = others.document_id
    and figures.measure_family = others.measure_family
    and figures.gender = others.gender
    and figures.unit = others.unit
    and figures.value = others.value
    and year(figures.period_end) = year(others.period_end)
where
    figures.measure_code <> others.measure_code
    and (figures.table_no, figures.row_no, figures.col_no) < (others.table_no, others.row_no, others.col_no)
qualify row_number() over (partition by figures.figure_id order by others.table_no, others.row_no, others.col_no) = 1
