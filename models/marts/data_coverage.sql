with
    figures as (select * from {{ ref("reported_figures") }}),
    documents as (select * from {{ ref("documents") }}),
    key_figures as (select * from {{ ref("key_figures") }}),

    printed as (
        select
            figures.municipality_code,
            figures.municipality,
            figures.committee,
            figures.fiscal_year,
            case when figures.line_code is not null then 'budget_line' else 'measure' end as subject_kind,
            figures.value_kind,
            figures.period_basis,
            figures.document_id,
            'report' as source,
            max(figures.period_end) as last_period_end,
            documents.information_date,
            documents.loaded_at,
            count(distinct(coalesce(figures.line_code, figures.measure_code), figures.activity_code)) as subject_count,
            count(*) as figure_count,
            count(*) filter (where figures.is_latest) as latest_figure_count,
            count(*) filter (where not figures.is_mapped) as unmapped_figure_count
        from figures
        inner join documents on figures.document_id = documents.document_id
        group by all
    ),

    keyed as (
        select
            municipality_code,
            municipality,
            cast(null as varchar) as committee,
            year as fiscal_year,
            'key_figure' as subject_kind,
            'outcome' as value_kind,
            'full_year' as period_basis,
            cast(null as varchar) as document_id,
            source,
            make_date(year, 12, 31) as last_period_end,
            cast(null as date) as information_date,
            cast(null as timestamp) as loaded_at,
            count(distinct kpi_id) as subject_count,
            count(*) as figure_count,
            count(*) as latest_figure_count,
            count(*) filter (where not is_mapped) as unmapped_figure_count
        from key_figures
        group by all
    ),

    covered as (
        select *
        from printed
        union all
        select *
        from keyed
    )

select
    municipality_code,
    municipality,
    committee,
    fiscal_year,
    subject_kind,
    value_kind,
    {{ wording_sv("'value_kind'", "value_kind") }} as value_kind_sv,
    period_basis,
    document_id,
    source,
    last_period_end,
    information_date,
    loaded_at,
    cast(subject_count as integer) as subject_count,
    cast(figure_count as integer) as figure_count,
    cast(latest_figure_count as integer) as latest_figure_count,
    cast(unmapped_figure_count as integer) as unmapped_figure_count
from covered
