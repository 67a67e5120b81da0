-- Targets in the wrong direction: against what is better for the measure, what the label says, or the other targets of
-- the same measure.
with
    figures as (select * from {{ ref("int_figures") }} where value_kind = 'target' and not is_money),
    cells as (select * from {{ ref("stg_reports__cells") }}),

    printed as (
        select
            figures.figure_id,
            figures.municipality_code,
            figures.committee,
            figures.measure_code,
            figures.activity_code,
            figures.gender,
            figures.table_id,
            figures.row_id,
            figures.col_no,
            figures.is_mapped,
            figures.better_when,
            cells.raw_text as printed_text,
            cells.printed_target,
            case
                when cells.printed_operator in ('>=', '>', 'increase')
                then 'higher'
                when cells.printed_operator in ('<=', '<', 'decrease')
                then 'lower'
            end as printed_direction,
            case
                when figures.better_when in ('higher', 'lower')
                then figures.better_when
                when regexp_matches(lower(figures.row_label), '^öka\w*\b|\bska öka\b')
                then 'higher'
                when regexp_matches(lower(figures.row_label), '^minska\w*\b|\bska minska\b')
                then 'lower'
            end as known_direction
        from figures
        inner join cells on figures.figure_id = cells.figure_id
    ),

    beside_the_others as (
        select
            *,
            count(*) filter (where printed_direction = 'higher') over same_measure as higher_targets,
            count(*) filter (where printed_direction = 'lower') over same_measure as lower_targets
        from printed
        where printed_direction is not null
        window same_measure as (partition by municipality_code, committee, measure_code, activity_code, gender)
    )

select
    case
        when known_direction is null
        then 'target_against_other_targets'
        -- Which way is better for a measure that no seed knows is only likely.
        when not is_mapped and better_when = known_direction
        then 'target_perhaps_reversed'
        else 'target_against_better_when'
    end as rule,
    table_id,
    row_id,
    col_no,
    printed_text,
    case when printed_direction = 'higher' then '≤' else '≥' end
    || coalesce({{ swedish_print_short("printed_target") }}, '') as detail,
    figure_id
from beside_the_others
where
    printed_direction <> coalesce(
        known_direction,
        case when higher_targets > lower_targets then 'higher' when lower_targets > higher_targets then 'lower' end
    )
