with
    municipalities as (select * from {{ ref("municipality_codes") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),

    report_counts as (select municipality_code, count(*) as report_count from documents group by municipality_code)

select
    municipalities.municipality_code,
    municipalities.municipality,
    municipalities.area_type,
    {{ wording_sv("'area_type'", "municipalities.area_type") }} as area_type_sv,
    cast(coalesce(report_counts.report_count, 0) as integer) as report_count
from municipalities
left join report_counts on municipalities.municipality_code = report_counts.municipality_code
