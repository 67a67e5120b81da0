with
    changes as (select * from {{ ref("int_answer_changes") }}),
    kinds as (select * from {{ ref("news_kinds") }}),
    compared_release as (select * from {{ ref("stg_published__release") }}),
    compared_subjects as (select * from {{ ref("int_compared_subjects") }}),
    missing_columns as (select * from {{ ref("stg_published__gaps") }}),
    earlier_news as (select * from {{ ref("stg_published__news") }}),

    -- Of each kind, a report's memo has the weightiest; the others are counted.
    numbered as (
        select
            changes.*,
            row_number() over (
                partition by heading_sv, changes.change_kind order by {{ weightiest_first() }}
            ) as rank_of_kind
        from changes
    ),

    told as (
        select numbered.* exclude (rank_of_kind)
        from numbered
        inner join kinds on numbered.change_kind = kinds.change_kind
        where
            numbered.rank_of_kind <= kinds.most_told
            and numbered.change_kind not in ('minor_changes', 'key_figures_changed')
    ),

    untold as (
        select numbered.*
        from numbered
        left join told on numbered.subject_kind = told.subject_kind and numbered.subject_key = told.subject_key
        where told.subject_key is null and numbered.change_kind not in ('goal_judged', 'key_figures_changed')
    ),

    counts_by_subject as (
        select
            heading_sv,
            document_id,
            subjects.subject_kind_sv,
            min(municipality_code) as municipality_code,
            min(municipality) as municipality,
            count(*) as changes
        from untold
        inner join compared_subjects as subjects on untold.subject_kind = subjects.subject_kind
        group by all
    ),

    minor as (
        select
            'minor_changes' as change_kind,
            'counts' as subject_kind,
            coalesce(document_id, heading_sv) as subject_key,
            heading_sv,
            min(municipality_code) as municipality_code,
            min(municipality) as municipality,
            document_id,
            cast(sum(changes) as integer) as changes,
            sum(changes)
            || case when sum(changes) = 1 then ' mindre ändring: ' else ' mindre ändringar: ' end
            || string_agg(
                lower(subject_kind_sv) || ' ' || changes, ', ' order by changes desc, subject_kind_sv
            ) as sentence_sv
        from counts_by_subject
        group by all
    ),

    judged_goals as (select * from changes where change_kind = 'goal_judged'),

    goal_counts as (
        select
            heading_sv,
            document_id,
            subject_year,
            text_now as status_sv,
            min(municipality_code) as municipality_code,
            min(municipality) as municipality,
            min(committee) as committee,
            count(*) as goals
        from judged_goals
        group by all
    ),

    goals_by_status as (
        select
            heading_sv,
            document_id,
            subject_year,
            min(municipality_code) as municipality_code,
            min(municipality) as municipality,
            case when min(committee) = max(committee) then min(committee) end as committee,
            cast(sum(goals) as integer) as changes,
            string_agg({{ in_sentence("status_sv") }} || ' ' || goals, ', ' order by goals desc, status_sv) as counts_sv
        from goal_counts
        group by all
    ),

    missed_goals as (
        select
            document_id,
            subject_year,
            list(
                subject_label || coalesce(' ' || nullif(regexp_extract(sentence_sv, '\([^()]*\)$'), ''), '')
                order by subject_label, subject_key
            ) as missed
        from judged_goals
        where state_now = 'not_met'
        group by all
    ),

    new_verdicts as (
        select
            'goals_judged' as change_kind,
            'counts' as subject_kind,
            concat_ws('/', counts.document_id, counts.subject_year) as subject_key,
            counts.heading_sv,
            counts.municipality_code,
            counts.municipality,
            counts.committee,
            counts.document_id,
            counts.subject_year,
            counts.changes,
            concat_ws(' för ', 'Mål', counts.subject_year)
            || ': '
            || counts.counts_sv
            || coalesce(
                '. Nås inte: '
                || array_to_string(missed.missed[:5], '; ')
                || case when len(missed.missed) > 5 then '; och ' || len(missed.missed) - 5 || ' till' else '' end,
                ''
            ) as sentence_sv
        from goals_by_status as counts
        left join
            missed_goals as missed
            on counts.document_id = missed.document_id
            and counts.subject_year is not distinct from missed.subject_year
    ),

    key_figures as (
        select
            'key_figures_changed' as change_kind,
            'counts' as subject_kind,
            'key_figures' as subject_key,
            heading_sv,
            cast(count(*) as integer) as changes,
            concat_ws(
                ', ',
                'Nyckeltal i '
                || count(*)
                || case when count(*) = 1 then ' kommun' else ' kommuner' end
                || ' är ändrade',
                nullif(cast(sum(greatest(coalesce(value_now, 0) - coalesce(value_before, 0), 0)) as bigint), 0)
                || ' har tillkommit'
            ) as sentence_sv
        from changes
        where change_kind = 'key_figures_changed'
        group by heading_sv
    ),

    items as (
        select *, 1 as changes
        from told
        union all by name
        select *
        from minor
        union all by name
        select *
        from new_verdicts
        union all by name
        select *
        from key_figures
    ),

    totals as (
        select
            count(*) filter (where change_kind <> 'minor_changes') as news,
            coalesce(sum(changes) filter (where change_kind = 'minor_changes'), 0) as minor_changes,
            count(*) as items
        from items
    ),

    gaps as (
        select string_agg(lower(subject_kind_sv), ', ' order by subject_kind_sv) as subjects_sv
        from compared_subjects
        where not is_compared
    ),

    summary as (
        select
            'summary' as change_kind,
            'release' as subject_kind,
            'release' as subject_key,
            '' as heading_sv,
            cast(totals.news + totals.minor_changes as integer) as changes,
            case
                when compared_release.run_id is null
                then 'Det finns ingen tidigare utgåva att jämföra med'
                when totals.items = 0
                then 'Inget har ändrats sedan utgåvan ' || {{ release_time_sv("compared_release.released_at") }}
                else
                    'Sedan utgåvan '
                    || {{ release_time_sv("compared_release.released_at") }}
                    || ': '
                    || case totals.news when 0 then 'inga' else cast(totals.news as varchar) end
                    || case totals.news when 1 then ' nyhet' else ' nyheter' end
                    || case
                        when totals.minor_changes > 0
                        then
                            ' och '
                            || totals.minor_changes
                            || case when totals.minor_changes = 1 then ' mindre ändring' else ' mindre ändringar' end
                        else ''
                    end
            end
            || coalesce('. Går inte att jämföra med utgåvan före: ' || gaps.subjects_sv, '') as sentence_sv
        from totals
        cross join gaps
        left join compared_release on true
    ),

    all_items as (
        select *
        from items
        union all by name
        select *
        from summary
    ),

    worded as (
        select
            all_items.*,
            kinds.importance,
            kinds.kind_order,
            kinds.change_kind_sv,
            min(kinds.kind_order) over (partition by all_items.heading_sv) as heading_order
        from all_items
        inner join kinds on all_items.change_kind = kinds.change_kind
    ),

    ordered as (
        select
            *,
            cast(
                row_number() over (order by heading_order, heading_sv, kind_order, {{ weightiest_first() }}) as integer
            ) as memo_order
        from worded
    ),

    this_release as (
        select
            '' as run_id,
            cast(null as timestamp) as released_at,
            compared_release.run_id as previous_run_id,
            compared_release.released_at as previous_released_at,
            ordered.*
        from ordered
        left join compared_release on true
    ),

    -- News of a release that lacks a column would break what is promised about the columns.
    kept_releases as (
        select distinct run_id
        from earlier_news
        where not exists (select 1 from missing_columns where missing_columns.mart = 'whats_new')
        order by run_id desc
        limit {{ var("news_releases_kept") - 1 }}
    ),

    all_releases as (
        select *
        from this_release
        union all by name
        select earlier_news.*
        from earlier_news
        inner join kept_releases on earlier_news.run_id = kept_releases.run_id
    )

select
    run_id,
    released_at,
    previous_run_id,
    previous_released_at,
    memo_order,
    change_kind,
    change_kind_sv,
    cast(importance as integer) as importance,
    heading_sv,
    coalesce(sentence_sv, subject_label, change_kind_sv) as sentence_sv,
    cast(changes as integer) as changes,
    subject_kind,
    subject_key,
    subject_label,
    subject_year,
    municipality_code,
    municipality,
    committee,
    document_id,
    value_before,
    value_now,
    text_before,
    text_now,
    figure_id_before,
    figure_id_now
from all_releases
