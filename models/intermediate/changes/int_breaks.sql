-- What can't be compared across a day. What another committee takes over or hands over also changes the committee's
-- totals; a committee or activity that is only renamed stays the same.
with
    organisation_events as (
        select *, kind in ('merged', 'took_over', 'handed_over') as moves_between_committees
        from {{ ref("organisation_events") }}
        where scope <> 'listed' and kind <> 'renamed'
    ),
    definition_breaks as (select * from {{ ref("definition_breaks") }}),

    changed as (
        select
            municipality_code,
            committee,
            case scope when 'money' then 'budget_line' when 'measures' then 'measure' end as subject_kind,
            cast(null as varchar) as subject_code,
            activity_code,
            valid_from,
            comparatives_restated,
            note
        from organisation_events
        union all
        select
            municipality_code,
            committee,
            case scope when 'money' then 'budget_line' when 'measures' then 'measure' end as subject_kind,
            cast(null as varchar) as subject_code,
            'total' as activity_code,
            valid_from,
            comparatives_restated,
            note
        from organisation_events
        where moves_between_committees and activity_code <> 'total'
    )

select *
from changed
union all
select
    municipality_code,
    committee,
    subject_kind,
    subject_code,
    activity_code,
    from_period_end as valid_from,
    false as comparatives_restated,
    note
from definition_breaks
