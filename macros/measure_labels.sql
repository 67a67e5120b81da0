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

{# The distinct runs of three letters in a label, by which labels are compared: `lön` -> ` lö`, `lön`, `ön `. #}
{% macro trigrams(key) -%}
    list_distinct(list_transform(range(1, length({{ key }}) + 1), place -> substr(' ' || {{ key }} || ' ', place, 3)))
{%- endmacro %}

{# The form in which a label is compared with the known ones of its kind, without a number before it: `51 Äldreomsorg`. #}
{% macro compared_label(label_kind, label) -%}
    case
        when {{ label_kind }} = 'measure'
        then {{ measure_key(label) }}
        else regexp_replace({{ label_key(label) }}, '^\d+ ', '')
    end
{%- endmacro %}
