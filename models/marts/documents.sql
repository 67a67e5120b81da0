with
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    figures as (select * from {{ ref("reported_figures") }}),

    table_counts as (select document_id, count(*) as table_count from tables group by document_id),

    figure_counts as (
        select document_id, count(*) as figure_count, count(*) filter (where not is_mapped) as unmapped_figure_count
        from figures
        group by document_id
    )

select
    documents.document_id,
    documents.document_title,
    documents.municipality_code,
    documents.municipality,
    documents.committee,
    documents.document_kind,
    {{ wording_sv("'document_kind'", "documents.document_kind") }} as document_kind_sv,
    documents.information_date,
    documents.plan_from_year,
    documents.plan_to_year,
    documents.document_source,
    cast(table_counts.table_count as integer) as table_count,
    cast(coalesce(figure_counts.figure_count, 0) as integer) as figure_count,
    cast(coalesce(figure_counts.unmapped_figure_count, 0) as integer) as unmapped_figure_count,
    documents.file_name,
    documents.file_hash,
    cast(documents.loaded_at as timestamp) as loaded_at
from documents
left join table_counts on documents.document_id = table_counts.document_id
left join figure_counts on documents.document_id = figure_counts.document_id
