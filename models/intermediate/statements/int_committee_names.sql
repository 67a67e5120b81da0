-- The committees that reports name, as issuers or as row labels, with the kind of work that each does.
with
    documents as (select * from {{ ref("stg_reports__documents") }}),
    rows as (select * from {{ ref("stg_reports__rows") }}),
    committee_kinds as (select * from {{ ref("committee_kinds") }}),

    printed as (
        select municipality_code, committee as printed_name
        from documents
        where issuer_kind = 'committee' and committee <> ''
        union
        select documents.municipality_code, rows.row_label as printed_name
        from rows
        inner join documents on rows.document_id = documents.document_id
        where {{ committee_name("rows.row_label") }} is not null
    ),

    named as (select *, coalesce({{ committee_name("printed_name") }}, printed_name) as committee from printed),

    kinds as (
        select
            named.municipality_code,
            named.committee,
            arg_min(committee_kinds.committee_kind, committee_kinds.priority) as committee_kind
        from named
        inner join
            committee_kinds
            on {{ fits("committee_kinds.committee_pattern", "named.committee") }}
            and {{ any_or("committee_kinds.municipality_code", "named.municipality_code") }}
        group by named.municipality_code, named.committee
    )

select named.municipality_code, named.printed_name, named.committee, kinds.committee_kind
from named
left join
    kinds on named.municipality_code is not distinct from kinds.municipality_code and named.committee = kinds.committee
