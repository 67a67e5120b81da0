with
    figures as (select * from {{ ref("reported_figures") }}),
    documents as (select * from {{ ref("documents") }}),
    key_figures as (select * from {{ ref("key_figures") }}),
    set_aside as (select * from {{ ref("stg_inputs__set_aside") }}),

    populations as (
        select municipality_code, year
        from key_figures
        where kpi_id = '{{ var("population_kpi_id") }}' and gender = 'T' and source = 'kolada' and value > 0
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
            set_aside.file_name as set_aside_file,
            set_aside.set_aside_reason,
            set_aside.has_earlier_version,
            count(distinct(coalesce(figures.line_code, figures.measure_code), figures.activity_code)) as subject_count,
            count(*) as figure_count,
            count(*) filter (where figures.is_latest) as latest_figure_count,
            count(*) filter (where not figures.is_mapped) as unmapped_figure_count
        from figures
        inner join documents on figures.document_id = documents.document_id
        left join set_aside on figures.document_id = set_aside.document_id
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
            cast(null as varchar) as set_aside_file,
            cast(null as varchar) as set_aside_reason,
            cast(null as boolean) as has_earlier_version,
            count(distinct kpi_id) as subject_count,
            count(*) as figure_count,
            count(*) as latest_figure_count,
            count(*) filter (where not is_mapped) as unmapped_figure_count
        from key_figures
        group by all
    ),

    documents_with_figures as (select distinct document_id from figures),

    -- Files that are set aside and have no rows of figures that could show the reason.
    lacking as (
        select
            set_aside.municipality_code,
            set_aside.municipality,
            set_aside.committee,
            cast(null as integer) as fiscal_year,
            cast(null as varchar) as subject_kind,
            cast(null as varchar) as value_kind,
            cast(null as varchar) as period_basis,
            set_aside.document_id,
            case set_aside.input_kind when 'report' then 'report' else 'key_figures' end as source,
            cast(null as date) as last_period_end,
            set_aside.information_date,
            cast(null as timestamp) as loaded_at,
            set_aside.file_name as set_aside_file,
            set_aside.set_aside_reason,
            set_aside.has_earlier_version,
            0 as subject_count,
            0 as figure_count,
            0 as latest_figure_count,
            0 as unmapped_figure_count
        from set_aside
        left join documents_with_figures on set_aside.document_id = documents_with_figures.document_id
        where documents_with_figures.document_id is null
    ),

    covered as (
        select *
        from printed
        union all
        select *
        from keyed
        union all
        select *
        from lacking
    )

select
    covered.municipality_code,
    covered.municipality,
    covered.committee,
    {{ committee_id("covered.municipality_code", "covered.committee") }} as committee_id,
    covered.fiscal_year,
    covered.subject_kind,
    {{ wording_sv("'subject_kind'", "covered.subject_kind") }} as subject_kind_sv,
    covered.value_kind,
    {{ wording_sv("'value_kind'", "covered.value_kind") }} as value_kind_sv,
    covered.period_basis,
    {{ wording_sv("'period_basis'", "covered.period_basis") }} as period_basis_sv,
    covered.document_id,
    covered.source,
    {{ wording_sv("'figure_origin'", "covered.source") }} as source_sv,
    covered.last_period_end,
    covered.information_date,
    covered.loaded_at,
    cast(covered.subject_count as integer) as subject_count,
    cast(covered.figure_count as integer) as figure_count,
    cast(covered.latest_figure_count as integer) as latest_figure_count,
    cast(covered.unmapped_figure_count as integer) as unmapped_figure_count,
    covered.set_aside_file,
    covered.set_aside_reason,
    covered.has_earlier_version,
    populations.year is not null as has_population
from covered
left join
    populations on covered.municipality_code = populations.municipality_code and covered.fiscal_year = populations.year
