{# Why a forecast may not hold, as one Swedish sentence with its amount. #}
{% macro forecast_doubt_sv(doubt, remaining, pace_difference, previous_error) -%}
    case
        {{ doubt }}
        when 'needs_turnaround'
        then
            'Resten av året måste gå '
            || {{ amount_in_words(remaining) }}
            || ' bättre än budget för att prognosen ska hålla'
        when 'equals_target'
        then
            'Prognosen är lika med budget, men i samma takt som hittills blir helåret '
            || {{ amount_in_words(pace_difference) }}
            || ' sämre'
        when 'below_pace'
        then
            'I samma takt som hittills blir helåret ' || {{ amount_in_words(pace_difference) }} || ' sämre än prognosen'
        when 'unlike_history'
        then 'Nämndens förra prognos var ' || {{ amount_in_words(previous_error) }} || ' för optimistisk'
    end
{%- endmacro %}
