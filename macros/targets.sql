{#
  Whether a value meets a target. `operator` is one of <= >= = < > range increase decrease unchanged not_lower
  not_higher; `earlier` is the outcome that a target in words is compared with. NULL where something needed is missing.
#}
{% macro meets_target(operator, target, low, high, value, earlier) -%}
    case
        {{ operator }}
        when '<='
        then {{ value }} <= {{ target }}
        when '>='
        then {{ value }} >= {{ target }}
        when '<'
        then {{ value }} < {{ target }}
        when '>'
        then {{ value }} > {{ target }}
        when '='
        then {{ value }} = {{ target }}
        when 'range'
        then {{ value }} between {{ low }} and {{ high }}
        when 'increase'
        then {{ value }} > {{ earlier }}
        when 'decrease'
        then {{ value }} < {{ earlier }}
        when 'unchanged'
        then {{ value }} = {{ earlier }}
        when 'not_lower'
        then {{ value }} >= {{ earlier }}
        when 'not_higher'
        then {{ value }} <= {{ earlier }}
    end
{%- endmacro %}

{#
  The distance between a value and its target, in the unit of the measure; negative where the target was missed. NULL
  for targets that are words. Within a range it is measured from the bound that matters: the floor where higher is
  better.
#}
{% macro distance_to_target(operator, target, low, high, value, better_when="null") -%}
    case
        when {{ operator }} in ('<=', '<')
        then {{ target }} - {{ value }}
        when {{ operator }} in ('>=', '>')
        then {{ value }} - {{ target }}
        when {{ operator }} = '='
        then - abs({{ value }} - {{ target }})
        when {{ operator }} = 'range' and {{ better_when }} = 'higher' and {{ value }} <= {{ high }}
        then {{ value }} - {{ low }}
        when {{ operator }} = 'range' and {{ better_when }} = 'lower' and {{ value }} >= {{ low }}
        then {{ high }} - {{ value }}
        when {{ operator }} = 'range'
        then least({{ value }} - {{ low }}, {{ high }} - {{ value }})
    end
{%- endmacro %}

{#
  The operator that a target is judged by: for a bare number it follows from what is better for the measure, and is
  NULL where that is not known. What is to stay unchanged may become better.
#}
{% macro judged_operator(operator, better_when) -%}
    case
        {{ operator }}
        when 'bare'
        then case {{ better_when }} when 'higher' then '>=' when 'lower' then '<=' end
        when 'or_better'
        then case {{ better_when }} when 'lower' then '<=' else '>=' end
        when 'improve'
        then case {{ better_when }} when 'higher' then 'increase' when 'lower' then 'decrease' end
        when 'unchanged'
        then case {{ better_when }} when 'higher' then 'not_lower' when 'lower' then 'not_higher' else 'unchanged' end
        else {{ operator }}
    end
{%- endmacro %}

{# Whether a target is words that compare the outcome with the one before. #}
{% macro is_against_earlier(operator) -%}
    ({{ operator }} in ('increase', 'decrease', 'improve', 'unchanged', 'not_lower', 'not_higher'))
{%- endmacro %}

{#
  Whether it is too early to judge a value: a count that accumulates over the year can't be judged before the target
  date, unless it has already passed its ceiling or reached its floor. For a directional target last year's outcome is
  the floor or ceiling.
#}
{% macro is_too_early(is_open_count, operator, target, low, high, value, earlier) -%}
    (
        {{ is_open_count }}
        and not (
            ({{ operator }} in ('<=', '<') and not {{ meets_target(operator, target, low, high, value, "null") }})
            or ({{ operator }} in ('>=', '>') and {{ meets_target(operator, target, low, high, value, "null") }})
            or ({{ operator }} = '=' and {{ value }} > {{ target }})
            or ({{ operator }} = 'range' and {{ value }} > {{ high }})
            or ({{ operator }} = 'increase' and {{ value }} > {{ earlier }})
            or ({{ operator }} = 'decrease' and {{ value }} >= {{ earlier }})
            or ({{ operator }} in ('unchanged', 'not_higher') and {{ value }} > {{ earlier }})
            or ({{ operator }} = 'not_lower' and {{ value }} >= {{ earlier }})
        )
    )
{%- endmacro %}

{#
  Whether a value is of a count that goes on growing until the target date. For an unmapped measure it is not known
  whether it accumulates; a share does not.
#}
{% macro is_open_count(value_kind, period_end, target_date, is_accumulating, unit) -%}
    coalesce(
        {{ value_kind }} = 'outcome'
        and {{ period_end }} < {{ target_date }}
        and coalesce({{ is_accumulating }}, {{ unit }} not in ('percent', 'index')),
        false
    )
{%- endmacro %}

{# The value of a growing count on the target date, if it goes on at the pace that it has had since the year began. #}
{% macro value_at_same_pace(value, period_start, period_end, target_date) -%}
    case
        when {{ period_start }} = date_trunc('year', {{ target_date }})
        then
            {{ value }}
            * month({{ target_date }})
            / nullif(date_diff('month', {{ period_start }}, {{ period_end }} + interval 1 day), 0)
    end
{%- endmacro %}

{# met, partly_met, not_met or not_assessable; partly_met only if the var partly_met_within_pct allows it. #}
{% macro target_status(operator, target, low, high, value, earlier, is_open_count) -%}
    case
        when {{ meets_target(operator, target, low, high, value, earlier) }} is null
        then 'not_assessable'
        when {{ is_too_early(is_open_count, operator, target, low, high, value, earlier) }}
        then 'not_assessable'
        when {{ meets_target(operator, target, low, high, value, earlier) }}
        then 'met'
        {% if var("partly_met_within_pct") > 0 %}
            when
                -{{ distance_to_target(operator, target, low, high, value) }}
                <= abs({{ target }}) * {{ var("partly_met_within_pct") }} / 100
            then 'partly_met'
        {% endif %}
        else 'not_met'
    end
{%- endmacro %}

{#
  The values that meet a target, as a struct of `low` and `high` (infinite where open) and the `word` of a directional
  target. A bare number whose better direction is unknown is met only by that number.
#}
{% macro target_span(operator, better_when, target, low, high) -%}
    {%- set judged = "coalesce(" ~ judged_operator(operator, better_when) ~ ", " ~ operator ~ ")" -%}
    {
        'low':cast(
            case
                when {{ judged }} in ('<=', '<')
                then '-infinity'
                when {{ judged }} in ('>=', '>', '=', 'bare')
                then cast({{ target }} as varchar)
                when {{ judged }} = 'range'
                then cast({{ low }} as varchar)
            end as double precision
        ),
        'high':cast(
            case
                when {{ judged }} in ('>=', '>')
                then 'infinity'
                when {{ judged }} in ('<=', '<', '=', 'bare')
                then cast({{ target }} as varchar)
                when {{ judged }} = 'range'
                then cast({{ high }} as varchar)
            end as double precision
        ),
        'word': case when {{ is_against_earlier(judged) }} then {{ judged }} end
    }
{%- endmacro %}

{#
  How a later span compares with the first: harder to meet where it is inside the first, flipped where its direction
  is reversed.
#}
{% macro target_direction(first, later) -%}
    case
        when {{ first }}.low = {{ later }}.low and {{ first }}.high = {{ later }}.high
        then 'same'
        when {{ first }}.word = {{ later }}.word
        then 'same'
        when
            ({{ first }}.low = '-infinity' and {{ later }}.high = 'infinity')
            or ({{ first }}.high = 'infinity' and {{ later }}.low = '-infinity')
            or ({{ first }}.word = 'increase' and {{ later }}.word = 'decrease')
            or ({{ first }}.word = 'decrease' and {{ later }}.word = 'increase')
        then 'flipped'
        when {{ later }}.low >= {{ first }}.low and {{ later }}.high <= {{ first }}.high
        then 'harder'
        when {{ later }}.low <= {{ first }}.low and {{ later }}.high >= {{ first }}.high
        then 'easier'
        else 'unknown'
    end
{%- endmacro %}

{# Whether a heading says that it names a goal: `Nämndens mål: …`, `Mål 2 – …`. #}
{% macro names_goal(heading) -%}
    coalesce(regexp_matches({{ heading }}, '(?i)^([\d.]+\s+)?([a-zåäö]+\s+)?mål(\s+\d+)?\s*[:–]\s+\S'), false)
{%- endmacro %}

{# The goal itself, without the words that say that it is one. #}
{% macro goal_name(heading) -%}
    regexp_replace({{ heading }}, '(?i)^([\d.]+\s+)?(([a-zåäö]+\s+)?mål(\s+\d+)?|indikator)\s*[:–]\s+', '')
{%- endmacro %}
