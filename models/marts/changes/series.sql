with
    figures as (select * from {{ ref("int_subject_figures") }}),

    latest as (
        select *
        from figures
        where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan', 'target')
        qualify
            row_number() over (
                partition by
                    municipality_code,
                    committee,
                    subject_scope,
                    subject_kind,
                    subject_code,
                    activity_code,
                    gender,
                    value_kind,
                    period_basis,
                    period_end
                order by information_date desc, document_id
            )
            = 1
    )

select
    municipality_code,
    municipality,
    committee,
    subject_scope,
    subject_kind,
    subject_code,
    subject_label,
    activity_code,
    unit,
    value_kind,
    gender,
    cast(year(period_end) as integer) as fiscal_year,
    period_start,
    period_end,
    {{ period_label("period_start", "period_end", "period_basis") }} as period_label,
    period_basis,
    value,
    precision,
    is_mapped,
    is_derived,
    printed_figure_id as figure_id,
    input_figure_ids,
    document_id,
    information_date
from latest
