-- The budget of each line and year as each document knows it, beside the original budget as far as it is known by then.
with
    figures as (
        select *
        from {{ ref("int_subject_figures") }}
        where subject_kind = 'budget_line' and value_kind = 'budget' and period_basis = 'full_year'
    ),
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    retired_lines as (select * from {{ ref("int_retired_lines") }} where is_retired),

    -- A budget that a document prints before the year has begun is the original one.
    budgets as (
        select
            *,
            case
                when budget_version <> 'unspecified'
                then budget_version
                when information_date < period_start
                then 'original'
            end as known_version
        from figures
    ),

    originals as (
        select
            documents.municipality_code,
            budget_figures.committee,
            budget_figures.subject_scope,
            budget_figures.line_code as subject_code,
            budget_figures.activity_code,
            budget_figures.period_end,
            documents.information_date,
            documents.document_id,
            budget_figures.amount_tkr,
            budget_figures.precision_tkr,
            budget_figures.figure_id
        from budget_figures
        inner join documents on budget_figures.document_id = documents.document_id
        where budget_figures.budget_version = 'original' and not budget_figures.is_derived
        union all
        select
            municipality_code,
            committee,
            subject_scope,
            subject_code,
            activity_code,
            period_end,
            information_date,
            document_id,
            value as amount_tkr,
            precision as precision_tkr,
            printed_figure_id as figure_id
        from budgets
        where known_version = 'original' and not is_derived
    ),

    -- Where a list has lost lines since, its lines mean something else.
    redivided as (
        select distinct
            retired_lines.document_id,
            retired_lines.newer_document_id,
            budget_figures.committee,
            budget_figures.subject_scope,
            budget_figures.breakdown,
            budget_figures.period_end
        from retired_lines
        inner join budget_figures on retired_lines.figure_id = budget_figures.figure_id
    ),

    -- The first printing of the original counts.
    beside_original as (
        select
            budgets.*,
            originals.document_id as original_document_id,
            originals.amount_tkr as original_budget_tkr,
            originals.precision_tkr as original_precision_tkr,
            originals.figure_id as original_budget_figure_id
        from budgets
        left join
            originals
            on budgets.municipality_code = originals.municipality_code
            and budgets.committee = originals.committee
            and budgets.subject_scope = originals.subject_scope
            and budgets.subject_code = originals.subject_code
            and budgets.activity_code = originals.activity_code
            and budgets.period_end = originals.period_end
            and originals.information_date <= budgets.information_date
        qualify
            row_number() over (
                partition by budgets.figure_id
                order by originals.information_date, originals.document_id, originals.figure_id
            )
            = 1
    ),

    compared as (
        select
            beside_original.*,
            abs(beside_original.value - beside_original.original_budget_tkr)
            >= beside_original.precision + beside_original.original_precision_tkr as differs_from_original,
            redivided.document_id is null as is_comparable
        from beside_original
        inner join budget_figures on beside_original.figure_id = budget_figures.figure_id
        left join
            redivided
            on beside_original.original_document_id = redivided.document_id
            and beside_original.document_id = redivided.newer_document_id
            and beside_original.committee = redivided.committee
            and beside_original.subject_scope = redivided.subject_scope
            and budget_figures.breakdown = redivided.breakdown
            and beside_original.period_end = redivided.period_end
    )

select
    figure_id,
    coalesce(known_version, case when differs_from_original then 'revised' end, 'unspecified') as budget_version,
    case
        when budget_version <> 'unspecified'
        then 'printed'
        when known_version is not null or differs_from_original
        then 'document_dates'
    end as budget_version_source,
    cast(case when is_comparable then original_budget_tkr end as decimal(18, 3)) as original_budget_tkr,
    case when is_comparable then original_budget_figure_id end as original_budget_figure_id
from compared
