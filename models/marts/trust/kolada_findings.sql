with
    kpis as (select * from {{ ref("kpis") }}),
    catalogue as (select * from {{ ref("int_kpis") }}),
    batches as (select * from {{ ref("stg_kolada__batches") }}),
    figures as (select * from {{ ref("key_figures") }}),
    refused as (select * from {{ ref("stg_kolada__refused_figures") }}),

    last_asked as (
        select * from batches qualify row_number() over (partition by kind, address order by batch_no desc) = 1
    ),

    failed as (
        select
            'batch_failed' as rule,
            'error' as severity,
            address as subject,
            cast(null as varchar) as kpi_id,
            'Kolada har inte besvarat en fråga fullständigt: ' || problem as message_sv,
            'Kolada has not answered one question whole: ' || problem as message_en,
            fetched_at as seen_at
        from last_asked
        where is_failed
    ),

    last_selected as (select * from last_asked where kind = 'selected'),

    chosen_kpis as (select unnest(kpi_ids) as kpi_id, fetched_at as seen_at from last_selected),

    chosen_areas as (select unnest(area_ids) as area_id, fetched_at as seen_at from last_selected),

    not_in_catalogue as (
        select
            'kpi_not_in_catalogue' as rule,
            'needs_a_look' as severity,
            kpi_id as subject,
            kpi_id,
            case when kpi_id like 'G%' then 'Gruppen av nyckeltal är vald' else 'Nyckeltalet är valt' end
            || ' men finns inte i Koladas katalog och hämtas inte' as message_sv,
            case when kpi_id like 'G%' then 'The KPI group' else 'The KPI' end
            || ' is chosen and not in Kolada''s catalogue; nothing is fetched' as message_en,
            seen_at
        from chosen_kpis
    ),

    not_an_area as (
        select
            'area_not_in_kolada' as rule,
            'needs_a_look' as severity,
            area_id as subject,
            cast(null as varchar) as kpi_id,
            case when area_id like 'G%' then 'Kommungruppen' else 'Kommunen eller regionen' end
            || ' är vald men finns inte i Kolada och hämtas inte' as message_sv,
            case when area_id like 'G%' then 'The group' else 'The municipality or region' end
            || ' is chosen and not in Kolada; nothing is fetched' as message_en,
            seen_at
        from chosen_areas
    ),

    changed as (
        select
            case when life_cycle in ('removed', 'ended') then 'kpi_' || life_cycle else 'kpi_renamed' end as rule,
            'needs_a_look' as severity,
            kpi_id as subject,
            kpi_id,
            case
                when life_cycle = 'removed'
                then 'Nyckeltalet har tagits bort ur Koladas katalog; redan hämtade värden finns kvar'
                when life_cycle = 'ended'
                then 'Nyckeltalet är avslutat; sista året är ' || ended_year
                else 'Titeln skiljer sig från den granskade; kontrollera att innehållet är detsamma: ' || reviewed_title
            end as message_sv,
            case
                when life_cycle = 'removed'
                then 'The KPI has gone from Kolada''s catalogue; the values that were fetched stay'
                when life_cycle = 'ended'
                then 'The KPI has ended: its last year is ' || ended_year
                else 'The title is not the reviewed one, see that the meaning is the same: ' || reviewed_title
            end as message_en,
            coalesce(removed_at, renamed_at, first_seen_at) as seen_at
        from catalogue
        where
            life_cycle in ('removed', 'ended', 'current')
            and is_mapped
            and (life_cycle <> 'current' or kpi_title <> reviewed_title)
    ),

    asked as (
        select unnest(kpi_ids) as kpi_id, fetched_at
        from batches
        where kind = 'data' and is_landed and from_date is null
    ),

    without_figures as (
        select
            'kpi_without_figures' as rule,
            'needs_a_look' as severity,
            asked.kpi_id as subject,
            asked.kpi_id,
            'Kolada saknar värden för nyckeltalet i valda områden och år' as message_sv,
            'Kolada has no values of the KPI for the chosen areas and years' as message_en,
            max(asked.fetched_at) as seen_at
        from asked
        inner join kpis on asked.kpi_id = kpis.kpi_id
        where kpis.figure_count = 0
        group by asked.kpi_id
    ),

    unknown_status as (
        select
            'status_unknown' as rule,
            'needs_a_look' as severity,
            status as subject,
            cast(null as varchar) as kpi_id,
            'Koladas förklaring till att ' || count(*) || ' värden saknas är okänd: ' || status as message_sv,
            'Kolada''s word for why ' || count(*) || ' values are missing is not known: ' || status as message_en,
            max(seen_at) as seen_at
        from figures
        where missing_reason = 'other'
        group by status
    ),

    refused_examples as (
        select
            *,
            count(*) over (partition by kpi_id) as figure_count,
            max(seen_at) over (partition by kpi_id) as last_seen_at
        from refused
        qualify
            row_number() over (
                partition by kpi_id order by municipality_code, printed_year, gender, batch_no, problem, printed_number
            )
            = 1
    ),

    out_of_range as (
        select
            'figures_out_of_range' as rule,
            'error' as severity,
            kpi_id as subject,
            kpi_id,
            'Orimliga tal från Kolada har inte lästs in: '
            || figure_count
            || ' värden, till exempel för område '
            || municipality_code
            || ', år '
            || printed_year
            || ' ('
            || case problem when 'year' then 'året' when 'value' then 'värdet' else 'antalet' end
            || ' är '
            || printed_number
            || ')' as message_sv,
            'Numbers out of range from Kolada are not loaded: '
            || figure_count
            || ' figures, for example area '
            || municipality_code
            || ', year '
            || printed_year
            || ' (the '
            || case problem when 'value_count' then 'count' else problem end
            || ' is '
            || printed_number
            || ')' as message_en,
            last_seen_at as seen_at
        from refused_examples
    ),

    findings as (
        select *
        from failed
        union all
        select *
        from not_in_catalogue
        union all
        select *
        from not_an_area
        union all
        select *
        from changed
        union all
        select *
        from without_figures
        union all
        select *
        from unknown_status
        union all
        select *
        from out_of_range
    )

select
    findings.rule || '.' || findings.subject as finding_id,
    findings.rule,
    findings.severity,
    {{ wording_sv("'severity'", "findings.severity") }} as severity_sv,
    findings.kpi_id,
    kpis.kpi_title,
    findings.subject,
    findings.message_sv,
    findings.message_en,
    findings.seen_at
from findings
left join kpis on findings.kpi_id = kpis.kpi_id
