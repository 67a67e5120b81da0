with
    groups as (select * from {{ ref("stg_kolada__groups") }} where group_kind = 'municipality_groups'),
    members as (select * from {{ ref("stg_kolada__group_members") }} where group_kind = 'municipality_groups'),
    areas as (select * from {{ ref("int_kolada_areas") }}),

    -- "Liknande kommuner IFO, Mark, 2024" is a family, the municipality that the group is defined for, and a year.
    named as (
        select *, regexp_extract(group_title, '^(Liknande .+), ([^,]+), (\d{4})$', ['family', 'focus', 'year']) as parts
        from groups
    )

select
    members.group_id,
    named.group_title,
    nullif(named.parts.family, '') as group_family,
    nullif(named.parts.focus, '') as focus_municipality,
    focus.municipality_code as focus_municipality_code,
    try_cast(named.parts.year as integer) as group_year,
    members.member_id as municipality_code,
    coalesce(areas.area_name, members.member_title) as municipality,
    members.seen_at,
    members.superseded_at as seen_until,
    members.superseded_at is null and not coalesce(named.is_removed, true) as is_current
from members
left join named on members.group_id = named.group_id
left join areas on members.member_id = areas.municipality_code
left join areas as focus on nullif(named.parts.focus, '') = focus.area_name and focus.area_type = 'municipality'
where not members.is_removed
