-- The committee's own goal that each row with a target belongs to: named by the table's title, by a sub-heading in the
-- table, or by the row of a list of goals that is printed right before the table. A chapter or activity is
-- not a goal.
with
    figures as (select * from {{ ref("int_figures") }}),
    activities as (select distinct {{ label_key("label") }} as label_key from {{ ref("activity_labels") }}),

    indicators as (
        select distinct
            row_id,
            document_id,
            table_no,
            section,
            table_title,
            source_line,
            case when not is_part_of_row_above and activities.label_key is null then parent_label end as sub_heading
        from figures
        left join activities on {{ label_key("figures.parent_label") }} = activities.label_key
        where value_kind in ('target', 'approved_range') and not is_money
    ),

    listed_goals as (
        select
            document_id,
            table_no,
            row_no,
            section,
            source_line,
            row_label as goal,
            count(*) over (partition by document_id, table_no) = 1 as is_alone
        from figures
        where assessment_kind = 'goal'
        group by document_id, table_no, row_no, section, source_line, row_label
    ),

    -- The tables of indicators are printed between the goals of one list: its lines tell which goal is meant.
    goals_before as (
        select
            indicators.row_id, arg_max(listed_goals.goal, (listed_goals.table_no, listed_goals.row_no)) as listed_goal
        from indicators
        inner join
            listed_goals
            on indicators.document_id = listed_goals.document_id
            and indicators.section is not distinct from listed_goals.section
            and coalesce(
                listed_goals.source_line < indicators.source_line,
                listed_goals.is_alone and listed_goals.table_no < indicators.table_no
            )
        group by indicators.row_id
    )

select
    indicators.row_id,
    case
        when {{ names_goal("indicators.table_title") }}
        then {{ goal_name("indicators.table_title") }}
        when indicators.sub_heading is not null
        then indicators.sub_heading
        when goals_before.listed_goal is not null
        then goals_before.listed_goal
        when indicators.table_title not in ('{{ var("titles_that_name_no_goal") | join("', '") }}')
        then {{ goal_name("indicators.table_title") }}
        when {{ names_goal("indicators.section") }}
        then {{ goal_name("indicators.section") }}
    end as goal_label
from indicators
left join goals_before on indicators.row_id = goals_before.row_id
