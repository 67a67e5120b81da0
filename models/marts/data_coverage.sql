with
    figures as (select * from {{ ref("reported_figures") }}),
    documents as (select * from {{ ref("documents") }}),
    key_figures as (select * from {{ ref("key_figures") }}),

    populations as (
        select municipality_code, year
        from key_figures
        where kpi_id = 'N01951' and gender = 'T' and source = 'kolada' and value > 0
    ),

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
    covered.municipality_code,
    covered.municipality,
    covered.committee,
    covered.fiscal_year,
    covered.subject_kind,
    covered.value_kind,
    {{ wording_sv("'value_kind'", "covered.value_kind") }} as value_kind_sv,
    covered.period_basis,
    covered.document_id,
    covered.source,
    covered.last_period_end,
    covered.information_date,
    covered.loaded_at,
    cast(covered.subject_count as integer) as subject_count,
    cast(covered.figure_count as integer) as figure_count,
    cast(covered.latest_figure_count as integer) as latest_figure_count,
    cast(covered.unmapped_figure_count as integer) as unmapped_figure_count,
    populations.year is not null as has_population
from covered
left join
    populations on covered.municipality_code = populations.municipality_code and covered.fiscal_year = populations.year
