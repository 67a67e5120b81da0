-- The value that each target is judged by: for a report's target its own row, for a plan's the latest printing
-- anywhere. The outcome of the year comes before a forecast, and a forecast before an interim outcome.
with
    targets as (select * from {{ ref("int_targets") }}),
    figures as (select * from {{ ref("int_figures") }}),
    subject_figures as (select * from {{ ref("int_subject_figures") }} where subject_kind = 'measure'),

    own_rows as (
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            targets.target_date,
            figures.figure_id,
            figures.document_id,
            figures.information_date,
            figures.value,
            figures.value_kind,
            figures.period_end,
            figures.period_basis
        from targets
        inner join figures on targets.row_id = figures.row_id
        where targets.document_kind <> 'plan'
    ),

    any_document as (
        select
            targets.figure_id as target_figure_id,
            targets.target_year,
            targets.target_date,
            subject_figures.figure_id,
            subject_figures.document_id,
            subject_figures.information_date,
            subject_figures.value,
            subject_figures.value_kind,
            subject_figures.period_end,
            subject_figures.period_basis
        from targets
        inner join
            subject_figures
            on targets.municipality_code = subject_figures.municipality_code
            and targets.committee = subject_figures.committee
            and targets.measure_code = subject_figures.subject_code
            and targets.activity_code = subject_figures.activity_code
            and targets.gender = subject_figures.gender
        where targets.document_kind = 'plan'
    ),

    candidates as (
        select *
        from own_rows
        union all
        select *
        from any_document
    )

select target_figure_id, target_year, figure_id, document_id, value, value_kind, period_end, period_basis
from candidates
where value is not null and value_kind in ('outcome', 'forecast') and year(period_end) = target_year
qualify
    row_number() over (
        partition by target_figure_id, target_year
        order by
            case
                when value_kind = 'outcome' and period_end >= target_date
                then 1
                when value_kind = 'forecast'
                then 2
                else 3
            end,
            information_date desc,
            period_end desc,
            figure_id
    )
    = 1
