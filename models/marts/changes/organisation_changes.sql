with
    events as (select * from {{ ref("organisation_events") }}),
    municipalities as (select * from {{ ref("municipality_codes") }}),
    committees as (select * from {{ ref("committees") }}),
    activities as (select * from {{ ref("activity_definitions") }})

select
    events.municipality_code,
    municipalities.municipality,
    events.committee,
    committees.committee_id,
    events.valid_from,
    events.change_no,
    events.kind,
    {{ wording_sv("'organisation_change_kind'", "events.kind") }} as kind_sv,
    events.activity_code,
    activities.activity_label,
    events.other_committee,
    events.scope,
    {{ wording_sv("'organisation_change_scope'", "events.scope") }} as scope_sv,
    events.comparatives_restated,
    events.note,
    events.source_ref,
    committees.committee is not null as has_reports
from events
inner join municipalities on events.municipality_code = municipalities.municipality_code
left join
    committees on events.municipality_code = committees.municipality_code and events.committee = committees.committee
left join activities on events.activity_code = activities.activity_code
