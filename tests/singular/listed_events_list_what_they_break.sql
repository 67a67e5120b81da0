-- An event whose scope is listed breaks only what definition_breaks lists; without a row there it would do nothing.
with
    events as (select * from {{ ref("organisation_events") }} where scope = 'listed'),
    breaks as (select * from {{ ref("definition_breaks") }})

select events.municipality_code, events.committee, events.valid_from, events.change_no
from events
left join
    breaks
    on events.municipality_code = breaks.municipality_code
    and events.committee = breaks.committee
    and events.valid_from = breaks.from_period_end
where breaks.municipality_code is null
