with
    source as (select * from {{ source("raw", "set_aside") }}),
    reports as (select 'report_documents' as register, file_name from {{ source("raw", "report_documents") }}),
    key_figures as (select 'key_figure_files' as register, file_name from {{ source("raw", "key_figure_files") }}),

    loaded as (
        select *
        from reports
        union all
        select *
        from key_figures
    )

select
    case source.register when 'report_documents' then 'report' else 'key_figures' end as input_kind,
    source.file_name,
    source.reason as set_aside_reason,
    loaded.file_name is not null as has_earlier_version,
    source.document_id,
    source.title as document_title,
    source.municipality_code,
    source.municipality,
    source.issuer_kind,
    source.committee,
    source.document_kind,
    cast(source.information_date as date) as information_date,
    source.set_aside_at
from source
left join loaded on source.register = loaded.register and source.file_name = loaded.file_name
