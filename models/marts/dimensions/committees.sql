with
    documents as (select * from {{ ref("stg_reports__documents") }}),
    set_aside as (select * from {{ ref("stg_inputs__set_aside") }} where input_kind = 'report'),
    figures as (select * from {{ ref("int_figures") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    row_committees as (select * from {{ ref("int_row_committees") }} where is_committee_table and is_committee_row),
    committee_names as (select * from {{ ref("int_committee_names") }}),

    issuers as (
        select municipality_code, committee, count(*) as report_count
        from documents
        where issuer_kind = 'committee'
        group by municipality_code, committee
    ),

    in_rows as (
        select
            documents.municipality_code,
            row_committees.committee,
            min(documents.municipality) as municipality,
            min(row_committees.committee_kind) as committee_kind,
            count(distinct rows.document_id) as listed_report_count
        from row_committees
        inner join rows on row_committees.row_id = rows.row_id
        inner join documents on rows.document_id = documents.document_id
        group by documents.municipality_code, row_committees.committee
    ),

    -- Every committee that a report or a figure has, so that all marts can join them.
    mentioned as (
        select municipality_code, committee, municipality
        from documents
        union all
        select municipality_code, committee, municipality
        from set_aside
        union all
        select municipality_code, committee, municipality
        from figures
        union all
        select municipality_code, committee, municipality
        from in_rows
    ),

    named as (
        select municipality_code, committee, min(municipality) as municipality
        from mentioned
        where committee <> ''
        group by municipality_code, committee
    )

select
    named.municipality_code,
    named.municipality,
    named.committee,
    {{ committee_id("named.municipality_code", "named.committee") }} as committee_id,
    coalesce(committee_names.committee_kind, in_rows.committee_kind) as committee_kind,
    {{ wording_sv("'committee_kind'", "coalesce(committee_names.committee_kind, in_rows.committee_kind)") }}
    as committee_kind_sv,
    cast(coalesce(issuers.report_count, 0) as integer) as report_count,
    cast(coalesce(in_rows.listed_report_count, 0) as integer) as listed_report_count
from named
left join
    issuers
    on named.municipality_code is not distinct from issuers.municipality_code
    and named.committee = issuers.committee
left join
    in_rows
    on named.municipality_code is not distinct from in_rows.municipality_code
    and named.committee = in_rows.committee
left join
    committee_names
    on named.municipality_code is not distinct from committee_names.municipality_code
    and named.committee = committee_names.printed_name
