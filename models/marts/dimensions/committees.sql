with
    documents as (
        select * from {{ ref("stg_reports__documents") }} where issuer_kind = 'committee' and committee <> ''
    ),
    all_documents as (select document_id, municipality_code, municipality from {{ ref("stg_reports__documents") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    row_committees as (select * from {{ ref("int_row_committees") }} where is_committee_table and is_committee_row),
    committee_names as (select * from {{ ref("int_committee_names") }}),

    issuers as (
        select municipality_code, municipality, committee, count(*) as report_count
        from documents
        group by municipality_code, municipality, committee
    ),

    in_rows as (
        select
            all_documents.municipality_code,
            all_documents.municipality,
            row_committees.committee,
            any_value(row_committees.committee_kind) as committee_kind,
            count(distinct rows.document_id) as listed_report_count
        from row_committees
        inner join rows on row_committees.row_id = rows.row_id
        inner join all_documents on rows.document_id = all_documents.document_id
        group by all_documents.municipality_code, all_documents.municipality, row_committees.committee
    )

select
    coalesce(issuers.municipality_code, in_rows.municipality_code) as municipality_code,
    coalesce(issuers.municipality, in_rows.municipality) as municipality,
    coalesce(issuers.committee, in_rows.committee) as committee,
    {{
        committee_id(
            "coalesce(issuers.municipality_code, in_rows.municipality_code)",
            "coalesce(issuers.committee, in_rows.committee)",
        )
    }} as committee_id,
    coalesce(committee_names.committee_kind, in_rows.committee_kind) as committee_kind,
    {{ wording_sv("'committee_kind'", "coalesce(committee_names.committee_kind, in_rows.committee_kind)") }}
    as committee_kind_sv,
    cast(coalesce(issuers.report_count, 0) as integer) as report_count,
    cast(coalesce(in_rows.listed_report_count, 0) as integer) as listed_report_count
from issuers
full outer join
    in_rows
    on issuers.municipality_code is not distinct from in_rows.municipality_code
    and issuers.committee = in_rows.committee
left join
    committee_names
    on issuers.municipality_code is not distinct from committee_names.municipality_code
    and issuers.committee = committee_names.printed_name
