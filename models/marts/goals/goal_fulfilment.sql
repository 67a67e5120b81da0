with
    -- The target that counts is the one of the latest document that prints it.
    targets as (
        select
            *,
            row_number() over (
                partition by municipality_code, committee, goal_kind, measure_code, activity_code, gender, target_year
                order by information_date desc, document_id
            )
            = 1 as is_latest
        from {{ ref("int_targets") }}
    ),
    document_values as (select * from {{ ref("int_target_values") }}),
    current_values as (select * from {{ ref("int_target_current_values") }}),
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

    -- The latest target is judged by the best that any document knows, the others as their document could.
    valued as (
        select
            targets.*,
            {% for field in ["value", "value_kind", "document_id", "period_start", "period_end", "figure_id"] %}
                case
                    when targets.is_latest then current_values.{{ field }} else document_values.{{ field }}
                end as {{ field if field.startswith("value") else "value_" ~ field }},
            {% endfor %}
            document_values.value as document_value,
            document_values.value_kind as document_value_kind,
            document_values.period_end as document_value_period_end,
            document_values.figure_id as document_value_figure_id,
            predecessors.previous_value,
            printed_assessments.printed_assessment,
            printed_assessments.printed_scale,
            printed_assessments.scale_position,
            printed_assessments.scale_steps,
            printed_assessments.printed_status,
            first_targets.* exclude (municipality_code, committee, measure_code, activity_code, gender, target_year)
        from targets
        left join
            document_values
            on targets.figure_id = document_values.target_figure_id
            and targets.target_year = document_values.target_year
        left join
            current_values
            on targets.figure_id = current_values.target_figure_id
            and targets.target_year = current_values.target_year
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

    dated as (
        select
            *,
            coalesce(value_kind = 'outcome' and value_period_end >= target_date, false) as is_final,
            {{ is_open_count("value_kind", "value_period_end", "target_date", "is_accumulating", "unit") }}
            as is_open_count,
            {{
                is_open_count(
                    "document_value_kind", "document_value_period_end", "target_date", "is_accumulating", "unit"
                )
            }} as document_is_open_count
        from valued
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
                    "judged_operator",
                    "target_value",
                    "target_low",
                    "target_high",
                    "document_value",
                    "previous_value",
                    "document_is_open_count",
                )
            }} as document_status,
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
                {{
                    distance_to_target(
                        "judged_operator",
                        "target_value",
                        "target_low",
                        "target_high",
                        "value",
                        "target_better_when",
                    )
                }} as decimal(18, 4)
            ) as distance_to_target,
            case
                when is_open_count and is_accumulating and not {{ is_against_earlier("judged_operator") }}
                then {{ value_at_same_pace("value", "value_period_start", "value_period_end", "target_date") }}
            end as value_at_same_pace
        from dated
    ),

    paced as (
        select
            *,
            {{
                target_status(
                    "judged_operator",
                    "target_value",
                    "target_low",
                    "target_high",
                    "value_at_same_pace",
                    "previous_value",
                    "false",
                )
            }} as status_at_same_pace
        from judged
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
            case
                when value_kind = 'forecast' and status <> 'not_assessable' then distance_to_target = 0
            end as forecast_equals_target,
            case when status = 'not_assessable' then value_at_same_pace end as value_at_same_pace,
            case
                when status = 'not_assessable' and value_at_same_pace is not null then status_at_same_pace
            end as status_at_same_pace,
            printed_assessment,
            printed_scale,
            scale_position,
            scale_steps,
            printed_status,
            previous_value,
            first_target_text,
            first_target_value,
            status_against_first_target,
            document_value,
            document_value_kind,
            document_status,
            case when is_budget_in_balance then null else figure_id end as target_figure_id,
            value_figure_id,
            document_value_figure_id,
            {{ source_ref("municipality", "document_title", "section", "table_title", "row_label") }} as source_ref,
            is_mapped,
            is_latest
        from paced
    ),

    core_missions as (
        select *
        from figures
        where assessment_kind = 'core_mission' and value_kind = 'mark' and cell_kind = 'mark'
        qualify
            row_number() over (
                partition by document_id, measure_code, activity_code, gender order by table_no, row_no, col_no
            )
            = 1
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
            null as forecast_equals_target,
            null as value_at_same_pace,
            null as status_at_same_pace,
            figures.column_header as printed_assessment,
            mark_statuses.scale as printed_scale,
            mark_statuses.scale_position,
            mark_statuses.scale_steps,
            null as printed_status,
            null as previous_value,
            null as first_target_text,
            null as first_target_value,
            null as status_against_first_target,
            null as document_value,
            'outcome' as document_value_kind,
            coalesce(mark_statuses.status, 'not_assessable') as document_status,
            cast(null as varchar) as target_figure_id,
            figures.figure_id as value_figure_id,
            figures.figure_id as document_value_figure_id,
            {{
                source_ref(
                    "figures.municipality",
                    "documents.document_title",
                    "figures.section",
                    "figures.table_title",
                    "figures.row_label",
                )
            }} as source_ref,
            figures.is_mapped,
            row_number() over (
                partition by
                    figures.municipality_code,
                    figures.committee,
                    figures.measure_code,
                    figures.activity_code,
                    figures.gender,
                    year(figures.period_end)
                order by figures.information_date desc, figures.document_id
            )
            = 1 as is_latest
        from core_missions as figures
        inner join documents on figures.document_id = documents.document_id
        left join
            mark_statuses on {{ label_key("figures.column_header") }} = {{ label_key("mark_statuses.printed_word") }}
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
    {{ committee_id("municipality_code", "committee") }} as committee_id,
    document_id,
    goal_kind,
    {{ wording_sv("'goal_kind'", "goal_kind") }} as goal_kind_sv,
    goal_label,
    indicator_label,
    row_label,
    measure_code,
    activity_code,
    {{ activity_label("activity_code") }} as activity_label,
    gender,
    {{ wording_sv("'gender'", "gender") }} as gender_sv,
    unit,
    {{ wording_sv("'unit'", "unit") }} as unit_sv,
    target_year,
    target_text,
    target_text_printed,
    operator,
    operator_source,
    {{ wording_sv("'how_known'", "operator_source") }} as operator_source_sv,
    cast(target_value as decimal(18, 4)) as target_value,
    cast(target_low as decimal(18, 4)) as target_low,
    cast(target_high as decimal(18, 4)) as target_high,
    cast(value as decimal(18, 4)) as value,
    value_kind,
    {{ wording_sv("'value_kind'", "value_kind") }} as value_kind_sv,
    value_document_id,
    value_period_end,
    is_final,
    status,
    -- A committee's mark is shown as it is printed: its scale may have steps that the four codes don't.
    case
        when goal_kind = 'committee_mark' then printed_assessment else {{ wording_sv("status_list", "status") }}
    end as status_sv,
    status_reason,
    {{ wording_sv("'goal_status_reason'", "status_reason") }} as status_reason_sv,
    cast(distance_to_target as decimal(18, 4)) as distance_to_target,
    cast(distance_pct as decimal(18, 2)) as distance_pct,
    forecast_equals_target,
    cast(value_at_same_pace as decimal(18, 4)) as value_at_same_pace,
    status_at_same_pace,
    {{ wording_sv("'status'", "status_at_same_pace") }} as status_at_same_pace_sv,
    printed_assessment,
    printed_scale,
    scale_position,
    scale_steps,
    case
        when printed_status <> 'not_assessable' and document_status <> 'not_assessable'
        then document_status = printed_status
    end as agrees_with_print,
    cast(previous_value as decimal(18, 4)) as previous_value,
    first_target_text,
    cast(first_target_value as decimal(18, 4)) as first_target_value,
    status_against_first_target,
    {{ wording_sv("'status'", "status_against_first_target") }} as status_against_first_target_sv,
    cast(document_value as decimal(18, 4)) as document_value,
    document_value_kind,
    {{ wording_sv("'value_kind'", "document_value_kind") }} as document_value_kind_sv,
    document_status,
    {{ wording_sv("'status'", "document_status") }} as document_status_sv,
    target_figure_id,
    value_figure_id,
    document_value_figure_id,
    source_ref,
    is_mapped,
    is_latest,
    is_latest as is_current,
    {{ answer_row_id(["document_id", "goal_kind", "measure_code", "activity_code", "gender", "target_year"]) }}
    as row_id
from worded
