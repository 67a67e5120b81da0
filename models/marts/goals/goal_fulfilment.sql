with
    targets as (select * from {{ ref("int_targets") }}),
    target_values as (select * from {{ ref("int_target_values") }}),
    predecessors as (select * from {{ ref("int_target_predecessors") }}),
    printed_assessments as (select * from {{ ref("int_printed_assessments") }}),
    figures as (select * from {{ ref("int_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    mark_statuses as (select * from {{ ref("mark_statuses") }}),

    first_targets as (
        select
            municipality_code,
            committee,
            measure_code,
            activity_code,
            gender,
            target_year,
            {% for field in ["target_text", "judged_operator", "target_value", "target_low", "target_high"] %}
                arg_min(
                    struct_pack(v := {{ field }}), (information_date, document_id, goal_kind)
                ).v as first_{{ field }}{{ "," if not loop.last }}
            {% endfor %}
        from targets
        group by all
    ),

    valued as (
        select
            targets.*,
            target_values.value,
            target_values.value_kind,
            target_values.document_id as value_document_id,
            target_values.period_end as value_period_end,
            target_values.figure_id as value_figure_id,
            predecessors.previous_value,
            printed_assessments.printed_assessment,
            printed_assessments.printed_scale,
            printed_assessments.printed_status,
            first_targets.* exclude (municipality_code, committee, measure_code, activity_code, gender, target_year),
            coalesce(target_values.value_kind = 'outcome', false)
            and target_values.period_end >= targets.target_date as is_final,
            -- Whether an unmapped measure accumulates is not known; a share does not.
            coalesce(
                target_values.value_kind = 'outcome'
                and target_values.period_end < targets.target_date
                and coalesce(targets.is_accumulating, targets.unit not in ('percent', 'index')),
                false
            ) as is_open_count
        from targets
        left join
            target_values
            on targets.figure_id = target_values.target_figure_id
            and targets.target_year = target_values.target_year
        left join
            predecessors
            on targets.figure_id = predecessors.target_figure_id
            and targets.target_year = predecessors.target_year
        left join printed_assessments on targets.row_id = printed_assessments.row_id
        inner join
            first_targets
            on targets.municipality_code = first_targets.municipality_code
            and targets.committee = first_targets.committee
            and targets.measure_code = first_targets.measure_code
            and targets.activity_code = first_targets.activity_code
            and targets.gender = first_targets.gender
            and targets.target_year = first_targets.target_year
    ),

    judged as (
        select
            *,
            {{
                target_status(
                    "judged_operator",
                    "target_value",
                    "target_low",
                    "target_high",
                    "value",
                    "previous_value",
                    "is_open_count",
                )
            }} as status,
            {{
                target_status(
                    "first_judged_operator",
                    "first_target_value",
                    "first_target_low",
                    "first_target_high",
                    "value",
                    "previous_value",
                    "is_open_count",
                )
            }} as status_against_first_target,
            cast(
                {{ distance_to_target("judged_operator", "target_value", "target_low", "target_high", "value") }}
                as decimal(18, 4)
            ) as distance_to_target
        from valued
    ),

    indicators as (
        select
            municipality_code,
            municipality,
            committee,
            document_id,
            information_date,
            goal_kind,
            goal_label,
            indicator_label,
            row_label,
            measure_code,
            activity_code,
            gender,
            unit,
            target_year,
            target_text,
            target_text_printed,
            operator,
            operator_source,
            target_value,
            target_low,
            target_high,
            value,
            value_kind,
            value_document_id,
            value_period_end,
            is_final,
            status,
            case
                when status <> 'not_assessable'
                then null
                when operator is null
                then 'target_not_understood'
                when value is null
                then 'no_value'
                when judged_operator is null
                then 'direction_unknown'
                when {{ is_against_earlier("judged_operator") }} and previous_value is null
                then 'no_earlier_outcome'
                else 'accumulates_until_target_date'
            end as status_reason,
            -- A distance would look like a verdict on a target that can't be judged yet.
            case when status <> 'not_assessable' then distance_to_target end as distance_to_target,
            case
                when target_value <> 0 and status <> 'not_assessable'
                then cast(100 * distance_to_target / abs(target_value) as decimal(18, 2))
            end as distance_pct,
            printed_assessment,
            printed_scale,
            printed_status,
            previous_value,
            first_target_text,
            first_target_value,
            status_against_first_target,
            figure_id as target_figure_id,
            value_figure_id,
            {{ source_ref("municipality", "document_title", "section", "table_title", "row_label") }} as source_ref,
            is_mapped
        from judged
    ),

    committee_marks as (
        select
            figures.municipality_code,
            figures.municipality,
            figures.committee,
            figures.document_id,
            figures.information_date,
            'committee_mark' as goal_kind,
            figures.row_label as goal_label,
            figures.table_title as indicator_label,
            figures.row_label,
            figures.measure_code,
            figures.activity_code,
            figures.gender,
            figures.unit,
            cast(year(figures.period_end) as integer) as target_year,
            null as target_text,
            null as target_text_printed,
            null as operator,
            null as operator_source,
            null as target_value,
            null as target_low,
            null as target_high,
            null as value,
            'outcome' as value_kind,
            figures.document_id as value_document_id,
            figures.period_end as value_period_end,
            figures.period_basis = 'full_year' as is_final,
            coalesce(mark_statuses.status, 'not_assessable') as status,
            case
                when mark_statuses.status is null
                then 'mark_not_understood'
                when mark_statuses.status = 'not_assessable'
                then 'not_assessed_in_print'
            end as status_reason,
            null as distance_to_target,
            null as distance_pct,
            figures.column_header as printed_assessment,
            mark_statuses.scale as printed_scale,
            null as printed_status,
            null as previous_value,
            null as first_target_text,
            null as first_target_value,
            null as status_against_first_target,
            cast(null as varchar) as target_figure_id,
            figures.figure_id as value_figure_id,
            {{
                source_ref(
                    "figures.municipality",
                    "documents.document_title",
                    "figures.section",
                    "figures.table_title",
                    "figures.row_label",
                )
            }} as source_ref,
            figures.is_mapped
        from figures
        inner join documents on figures.document_id = documents.document_id
        left join
            mark_statuses on {{ label_key("figures.column_header") }} = {{ label_key("mark_statuses.printed_word") }}
        where figures.assessment_kind = 'core_mission' and figures.value_kind = 'mark' and figures.cell_kind = 'mark'
        qualify
            row_number() over (
                partition by figures.document_id, figures.measure_code, figures.activity_code, figures.gender
                order by figures.table_no, figures.row_no, figures.col_no
            )
            = 1
    ),

    goals as (
        select *
        from indicators
        union all
        select *
        from committee_marks
    ),

    -- Forecasts and interim outcomes are worded differently from final ones.
    worded as (
        select
            *,
            case
                when value_kind = 'forecast'
                then 'status_forecast'
                when not is_final and value_kind = 'outcome'
                then 'status_interim'
                else 'status'
            end as status_list
        from goals
    )

select
    municipality_code,
    municipality,
    committee,
    document_id,
    goal_kind,
    {{ wording_sv("'goal_kind'", "goal_kind") }} as goal_kind_sv,
    goal_label,
    indicator_label,
    row_label,
    measure_code,
    activity_code,
    gender,
    unit,
    target_year,
    target_text,
    target_text_printed,
    operator,
    operator_source,
    cast(target_value as decimal(18, 4)) as target_value,
    cast(target_low as decimal(18, 4)) as target_low,
    cast(target_high as decimal(18, 4)) as target_high,
    cast(value as decimal(18, 4)) as value,
    value_kind,
    value_document_id,
    value_period_end,
    is_final,
    status,
    {{
        wording_sv(
            "status_list",
            "status",
        )
    }} as status_sv,
    status_reason,
    cast(distance_to_target as decimal(18, 4)) as distance_to_target,
    cast(distance_pct as decimal(18, 2)) as distance_pct,
    printed_assessment,
    printed_scale,
    case
        when printed_status <> 'not_assessable' and status <> 'not_assessable' then status = printed_status
    end as agrees_with_print,
    cast(previous_value as decimal(18, 4)) as previous_value,
    first_target_text,
    cast(first_target_value as decimal(18, 4)) as first_target_value,
    status_against_first_target,
    target_figure_id,
    value_figure_id,
    source_ref,
    is_mapped,
    row_number() over (
        partition by municipality_code, committee, measure_code, activity_code, gender, target_year, goal_kind
        order by information_date desc, document_id
    )
    = 1 as is_latest
from worded
