with
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    figures as (select * from {{ ref("reported_figures") }}),
    set_aside as (select * from {{ ref("stg_inputs__set_aside") }} where input_kind = 'report'),

    table_counts as (select document_id, count(*) as table_count from tables group by document_id),

    figure_counts as (
        select document_id, count(*) as figure_count, count(*) filter (where not is_mapped) as unmapped_figure_count
        from figures
        group by document_id
    ),

    without_version as (
        select set_aside.*
        from set_aside
        left join documents on set_aside.document_id = documents.document_id
        where documents.document_id is null
    ),

    listed as (
        select documents.*, set_aside.set_aside_reason
        from documents
        left join set_aside on documents.document_id = set_aside.document_id
        union all by name
        select
            document_id,
            document_title,
            municipality_code,
            municipality,
            issuer_kind,
            committee,
            document_kind,
            information_date,
            file_name,
            set_aside_reason
        from without_version
    )

select
    listed.document_id,
    listed.document_title,
    listed.municipality_code,
    listed.municipality,
    listed.issuer_kind,
    {{ wording_sv("'issuer_kind'", "listed.issuer_kind") }} as issuer_kind_sv,
    listed.committee,
    {{ committee_id("listed.municipality_code", "listed.committee") }} as committee_id,
    listed.document_kind,
    {{ wording_sv("'document_kind'", "listed.document_kind") }} as document_kind_sv,
    listed.information_date,
    listed.plan_from_year,
    listed.plan_to_year,
    listed.document_source,
    listed.source_url,
    cast(coalesce(table_counts.table_count, 0) as integer) as table_count,
    cast(coalesce(figure_counts.figure_count, 0) as integer) as figure_count,
    cast(coalesce(figure_counts.unmapped_figure_count, 0) as integer) as unmapped_figure_count,
    listed.set_aside_reason,
    listed.file_name,
    listed.file_hash,
    cast(listed.loaded_at as timestamp) as loaded_at
from listed
left join table_counts on listed.document_id = table_counts.document_id
left join figure_counts on listed.document_id = figure_counts.document_id
