{#
  The form in which labels of measures are compared: as label_key, without footnote marks, the initials of the board that
  owns the measure, and the unit: `Total sjukfrånvaro (%)*` and `Total sjukfrånvaro i procent UBN` -> `total sjukfrånvaro`.
#}
{% macro measure_key(text) -%}
    regexp_replace(
        regexp_replace(
            {{
                label_key(
                    "regexp_replace(rtrim("
                    ~ one_spaced(text)
                    ~ ", ' *⁰¹²³⁴⁵⁶⁷⁸⁹'), '[ ,.]+(?:KS|KF|[A-ZÅÄÖ]{1,3}N)$', '')"
                )
            }},
            '(?:,? \((?:andel )?(?:i )?(?:%|procent|antal|st|#)\)|,? (?:andel |i )*(?:%|procent)|,? (?:andel|antal)|, st)+$',
            ''
        ),
        '^antal ',
        ''
    )
{%- endmacro %}

{# The unit that a label of a measure states: `Personalomsättning (%)` -> percent, `Antal tillbud` -> number; otherwise NULL. #}
{% macro stated_unit(text) -%}
    case
        when regexp_matches(lower({{ text }}), '%|procent|\bandel\b')
        then 'percent'
        when regexp_matches(lower({{ text }}), '\bantal\b|\(st\)|, st$|#')
        then 'number'
    end
{%- endmacro %}
