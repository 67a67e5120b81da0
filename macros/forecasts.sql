{# Why a forecast may not hold, as one Swedish sentence with its amount; `seasonal` is NULL where only the pace is known. #}
{% macro forecast_doubt_sv(doubt, remaining, seasonal, pace_difference, previous_error, previous_year) -%}
    {%- set pace -%}
        case
            when {{ seasonal }} is null then 'i samma takt som hittills' else 'med samma fördelning över året som i fjol'
        end
    {%- endset -%}
    {%- set worse -%} ' blir helåret ' || {{ amount_in_words(pace_difference) }} || ' sämre' {%- endset -%}
    case
        {{ doubt }}
        when 'needs_turnaround'
        then
            'Resten av året måste gå '
            || {{ amount_in_words(remaining) }}
            || ' bättre än budget för att prognosen ska hålla'
        when 'equals_target'
        then 'Prognosen är lika med budget, men ' || {{ pace }} || {{ worse }}
        when 'below_pace'
        then upper(left({{ pace }}, 1)) || substr({{ pace }}, 2) || {{ worse }} || ' än prognosen'
        when 'unlike_history'
        then
            'Förra prognosen för samma post ('
            || {{ previous_year }}
            || ') var '
            || {{ amount_in_words(previous_error) }}
            || ' för optimistisk'
    end
{%- endmacro %}
