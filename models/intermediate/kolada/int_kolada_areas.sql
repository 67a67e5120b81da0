with
    known as (select municipality_code, municipality as area_name, area_type from {{ ref("municipality_codes") }}),
    areas as (select municipality_code, area_name, area_type from {{ ref("stg_kolada__municipalities") }}),
    groups as (select * from {{ ref("stg_kolada__groups") }} where group_kind = 'municipality_groups')

select municipality_code, area_name, area_type
from known
union all
select municipality_code, area_name, area_type
from areas
where municipality_code not in (select municipality_code from known)
union all
select group_id as municipality_code, group_title as area_name, 'group' as area_type
from groups
