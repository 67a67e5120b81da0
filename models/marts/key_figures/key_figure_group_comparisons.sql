{{ config(meta={"touched": "kolada"}, pre_hook="{{ delete_touched(touched_kpis) }}") }}

with
    figures as (
        select *
        from {{ ref("key_figures") }}
        where source = 'kolada' and value is not null and {{ only_touched(touched_kpis) }}
    ),
    -- Read separately for each use, since a shared CTE would keep all of Kolada in memory.
    member_values as (
        select kpi_id, municipality_code, year, gender, value
        from {{ ref("key_figures") }}
        where source = 'kolada' and value is not null and {{ only_touched(touched_kpis) }}
    ),
    published as (
        select kpi_id, municipality_code as group_id, year, gender, value, value_count
        from {{ ref("key_figures") }}
        where source = 'kolada' and value is not null and area_type = 'group' and {{ only_touched(touched_kpis) }}
    ),
    all_memberships as (select * from {{ ref("municipality_groups") }}),
    memberships as (select * from all_memberships where is_current),
    documents as (select * from {{ ref("documents") }}),

    -- Only municipalities with reports: every municipality with every group would be many times the size of Kolada.
    reporting as (select distinct municipality_code from documents),

    -- A group of similar municipalities does not include the one that it is defined for; a county or class does.
    compared as (
        select group_id, focus_municipality_code as municipality_code
        from memberships
        where group_family is not null
        union
        select group_id, municipality_code
        from memberships
        where group_family is null
    ),

    members as (
        select compared.municipality_code as compared_code, memberships.*
        from compared
        inner join reporting on compared.municipality_code = reporting.municipality_code
        inner join memberships on compared.group_id = memberships.group_id
    ),

    former as (
        select group_id, count(distinct municipality_code) as former_count, max(seen_until) as last_left_at
        from all_memberships
        where
            not is_current
            and not exists (
                select 1
                from memberships
                where
                    memberships.group_id = all_memberships.group_id
                    and memberships.municipality_code = all_memberships.municipality_code
            )
        group by group_id
    ),

    group_facts as (
        select
            members.compared_code,
            members.group_id,
            max(members.group_year) as group_year,
            count(*) as member_count,
            coalesce(max(former.former_count), 0) as former_member_count,
            greatest(
                max(members.seen_at), coalesce(max(former.last_left_at), max(members.seen_at))
            ) as membership_seen_at
        from members
        left join former on members.group_id = former.group_id
        group by members.compared_code, members.group_id
    ),

    statistics as (
        select
            members.compared_code,
            members.group_id,
            max(members.group_title) as group_title,
            max(members.group_family) as group_family,
            member_values.kpi_id,
            member_values.year,
            member_values.gender,
            count(*) as answered,
            min(member_values.value) as lowest,
            median(member_values.value) as middle,
            {{ mean_of_figures("member_values.value") }} as mean,
            max(member_values.value) as highest,
            list(member_values.value) as all_values
        from member_values
        inner join members on member_values.municipality_code = members.municipality_code
        group by members.compared_code, members.group_id, member_values.kpi_id, member_values.year, member_values.gender
    ),

    compared_figures as (
        select
            figures.*,
            statistics.* exclude (compared_code, kpi_id, year, gender),
            group_facts.group_year,
            group_facts.member_count,
            group_facts.former_member_count,
            group_facts.membership_seen_at,
            published.value as published_mean,
            published.value_count as published_count,
            sign(round(figures.value - statistics.middle, 6)) as side
        from figures
        inner join
            statistics
            on figures.municipality_code = statistics.compared_code
            and figures.kpi_id = statistics.kpi_id
            and figures.year = statistics.year
            and figures.gender = statistics.gender
        inner join
            group_facts
            on statistics.compared_code = group_facts.compared_code
            and statistics.group_id = group_facts.group_id
        left join
            published
            on statistics.group_id = published.group_id
            and figures.kpi_id = published.kpi_id
            and figures.year = published.year
            and figures.gender = published.gender
    ),

    -- Consecutive years on one side of the median have the same difference between year and row number.
    runs as (
        select
            *,
            year
            - row_number() over (partition by group_id, kpi_id, municipality_code, gender, side order by year) as run_no
        from compared_figures
    )

select
    kpi_id,
    kpi_title,
    municipality_code,
    municipality,
    year,
    gender,
    group_id,
    group_title,
    group_family,
    group_year,
    unit,
    better_when,
    value,
    middle as median_of_members,
    round(value - middle, 6) as difference_to_median,
    case side when 1 then 'above' when -1 then 'below' else 'equal' end as side_of_median,
    case side when 1 then 'Över' when -1 then 'Under' else 'Lika' end as side_of_median_sv,
    min(year) over (partition by group_id, kpi_id, municipality_code, gender, side, run_no) as same_side_since_year,
    mean as unweighted_mean_of_members,
    lowest as lowest_value,
    highest as highest_value,
    cast(len(list_filter(all_values, member -> member < value)) as integer) as members_below,
    cast(answered as integer) as members_answered,
    cast(member_count as integer) as members_in_all,
    published_mean as published_group_mean,
    published_count as published_group_mean_count,
    membership_seen_at,
    cast(former_member_count as integer) as former_members,
    'Medlemmar enligt Kolada '
    || coalesce(cast(group_year as varchar), cast(cast(membership_seen_at as date) as varchar))
    || ', tillämpade på alla år'
    || case
        when former_member_count > 0 then '; ' || former_member_count || ' tidigare räknas inte' else ''
    end as membership_note_sv,
    is_preliminary,
    is_preliminary_sv,
    source,
    {{ kolada_credit_own() }} as source_ref
from runs
