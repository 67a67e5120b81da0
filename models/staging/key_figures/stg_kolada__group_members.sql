{%- set columns = "group_kind, group_id, member_id, member_title, is_deleted as is_removed, seen_at" -%}
with
    latest as (select * from {{ source("kolada", "kolada_group_members") }}),
    earlier as (select * from {{ source("kolada", "kolada_group_members_earlier") }})

select {{ columns }}, cast(null as timestamp) as superseded_at
from latest
union all
select {{ columns }}, superseded_at
from earlier
