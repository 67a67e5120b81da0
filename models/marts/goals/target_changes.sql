with
    targets as (select * from {{ ref("int_targets") }} where not is_budget_in_balance),

    -- Readers see the printed target, but the corrected one counts: both are compared.
    printed as (
        select
            *,
            {{ target_operator("target_text_printed") }} as printed_operator,
            {{ target_number("target_text_printed") }} as printed_value,
            {{ range_bound("target_text_printed", 1) }} as printed_low,
            {{ range_bound("target_text_printed", 2) }} as printed_high
        from targets
    ),

    spanned as (
        select
            *,
            {{ target_span("printed_operator", "target_better_when", "printed_value", "printed_low", "printed_high") }}
            as printed_span,
            {{ target_span("operator", "target_better_when", "target_value", "target_low", "target_high") }}
            as counted_span
        from printed
    ),

    -- Each printing of a target beside the one before it.
    paired as (
        select
            *,
            lag(document_id) over printings as first_document_id,
            lag(target_text_printed) over printings as first_target_text,
            lag(target_text) over printings as first_counted_text,
            lag(target_value) over printings as first_target_value,
            lag(target_low) over printings as first_target_low,
            lag(target_high) over printings as first_target_high,
            lag(printed_span) over printings as first_printed_span,
            lag(counted_span) over printings as first_counted_span,
            lag(figure_id) over printings as first_target_figure_id
        from spanned
        window
            printings as (
                partition by municipality_code, committee, goal_kind, measure_code, activity_code, gender, target_year
                order by information_date, document_id
            )
    ),

    directed as (
        select
            *,
            {{ target_direction("first_printed_span", "printed_span") }} as target_direction,
            {{ target_direction("first_counted_span", "counted_span") }} as counted_direction
        from paired
        where first_document_id is not null
    )

select
    municipality_code,
    municipality,
    committee,
    {{ committee_id("municipality_code", "committee") }} as committee_id,
    goal_kind,
    {{ wording_sv("'goal_kind'", "goal_kind") }} as goal_kind_sv,
    measure_code,
    indicator_label,
    activity_code,
    {{ activity_label("activity_code") }} as activity_label,
    gender,
    {{ wording_sv("'gender'", "gender") }} as gender_sv,
    unit,
    {{ wording_sv("'unit'", "unit") }} as unit_sv,
    better_when,
    {{ wording_sv("'better_when'", "better_when") }} as better_when_sv,
    target_year,
    first_document_id,
    first_target_text,
    document_id as later_document_id,
    target_text_printed as later_target_text,
    cast(
        coalesce(
            target_value - first_target_value,
            case when target_low <> first_target_low then target_low - first_target_low end,
            target_high - first_target_high
        ) as decimal(18, 4)
    ) as change,
    target_direction,
    {{ wording_sv("'target_direction'", "target_direction") }} as target_direction_sv,
    first_target_text <> first_counted_text or target_text_printed <> target_text as is_corrected,
    counted_direction,
    {{ wording_sv("'target_direction'", "counted_direction") }} as counted_direction_sv,
    first_target_figure_id,
    figure_id as later_target_figure_id,
    {{ source_ref("municipality", "document_title", "section", "table_title", "row_label") }} as source_ref,
    is_mapped,
    {{
        answer_row_id(
            [
                "municipality_code",
                "committee",
                "goal_kind",
                "measure_code",
                "activity_code",
                "gender",
                "target_year",
                "document_id",
            ]
        )
    }} as row_id
from directed
