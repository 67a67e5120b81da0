{#
  How a printed Swedish cell becomes a typed one. Every macro takes an SQL expression for a text and returns an SQL
  expression, which is NULL where the text is something else. The reader has the same rules in
  ingest/reading/vocabulary; tests/ingest/reading/print_cases.csv tests both.
#}
{# Single spaces of one kind, none at either end, and no invisible characters. #}
{% macro one_spaced(text) -%}
    trim(
        regexp_replace(
            regexp_replace({{ text }}, '[\x{200B}-\x{200D}\x{2060}\x{FEFF}]', '', 'g'),
            '[\x{00A0}\x{2002}-\x{200A}\x{202F}\s]+',
            ' ',
            'g'
        )
    )
{%- endmacro %}

{# One kind of space and one kind of minus, no footnote mark at the end: `−1 116*` -> `-1 116`. #}
{% macro plain_print(text) -%}
    rtrim(
        regexp_replace({{ one_spaced(text) }}, '[\x{2010}-\x{2014}\x{2212}\x{00AD}\x{FE63}\x{FF0D}\x{F02D}]', '-', 'g'),
        ' *⁰¹²³⁴⁵⁶⁷⁸⁹'
    )
{%- endmacro %}

{# The regular expression of one printed number; thousands have spaces or points, decimals a comma. #}
{% macro number_pattern() -%}
    {{ return("(?:[1-9]\\d{0,2}(?:\\.\\d{3}){1,4}(?:,\\d+)?|(?:\\d{1,3}(?: \\d{3})+|\\d+)(?:[.,]\\d+)?)") }}
{%- endmacro %}

{# A number whose sign is not printed first: `(1 116)` and `1 116-` -> `-1 116`. #}
{% macro signed_first(text) -%}
    regexp_replace(
        regexp_replace(
            {{ plain_print(text) }}, '^\( ?({{ number_pattern() }})(?: ?%)? ?\)((?: ?(?:%|kr|:-))?)$', '-\1\2'
        ),
        '^({{ number_pattern() }}) ?-((?: ?(?:%|kr|:-))?)$',
        '-\1\2'
    )
{%- endmacro %}

{# The digits of a printed number with its minus and a decimal point: `- 34 867` -> `-34867`, `1.116,5` -> `1116.5`. #}
{% macro number_digits(text) -%}
    replace(
        regexp_replace(
            replace(
                regexp_replace(
                    nullif(
                        regexp_extract(
                            {{ signed_first(text) }},
                            '^((?:[-+]|\+ ?-|±)? ?{{ number_pattern() }})(?: ?(?:%|kr|:-))?$',
                            1
                        ),
                        ''
                    ),
                    '^(?:\+ ?-|±|\+)',
                    ''
                ),
                ' ',
                ''
            ),
            '^(-?[1-9]\d{0,2})\.(\d{3})(?:\.(\d{3}))?(?:\.(\d{3}))?(?:\.(\d{3}))?(,\d+)?$',
            '\1\2\3\4\5\6'
        ),
        ',',
        '.'
    )
{%- endmacro %}

{# `- 34 867` -> -34867, `8,6 %` -> 8.6, `+-0,0` -> 0, `(1 116)` -> -1116, `31.000 kr` -> 31000; NULL for anything else. #}
{% macro swedish_number(text) -%} try_cast({{ number_digits(text) }} as decimal(18, 4)) {%- endmacro %}

{# How many decimals are printed: `-60` -> 0, `-61,2` -> 1; NULL where no number is printed. #}
{% macro printed_decimals(text) -%}
    case
        when {{ swedish_number(text) }} is not null
        then length(regexp_extract({{ number_digits(text) }}, '\.(\d+)$', 1))
    end
{%- endmacro %}

{#
  A target with its words replaced by a sign before the number: `minst 85` -> `>=85`, `topp 3` -> `<=3`. `0 eller
  bättre` becomes `0`, since the measure decides which direction is better.
#}
{% macro signed_target(text) -%}
    {%- set wordings = [
        ("^(?:(?:öka|ökning) till(?: minst)?|minst|lägst) ", ">="),
        ("^(?:(?:minska|minskning) till(?: högst)?|högst|maximalt|max|topp) ", "<="),
        ("^(?:mer än|fler än|över) ", ">"),
        ("^(?:mindre än|färre än|under) ", "<"),
        ("^([^<=>≤≥].*) eller (?:mer|fler|högre)$", ">=\\1"),
        ("^([^<=>≤≥].*) eller (?:mindre|färre|lägre)$", "<=\\1"),
        (" eller bättre$", ""),
    ] -%}
    {%- set signed = namespace(sql=plain_print(text)) -%}
    {%- for pattern, sign in wordings -%}
        {%- set signed.sql = "regexp_replace(" ~ signed.sql ~ ", '" ~ pattern ~ "', '" ~ sign ~ "', 'i')" -%}
    {%- endfor -%}
    {{ return(signed.sql) }}
{%- endmacro %}

{# `≥ 85` -> `>=`, `=0` -> `=`, `öka` -> `increase`, `70–100` -> `range`, `75` -> `bare`; NULL where no target is printed. #}
{% macro target_operator(text) -%}
    case
        when {{ target_number(text) }} is not null and {{ swedish_number(text) }} is null
        then
            case
                regexp_extract({{ signed_target(text) }}, '^(≤|≥|<=|>=|<|>|=)', 1)
                when '≤'
                then '<='
                when '≥'
                then '>='
                when ''
                then 'bare'
                else regexp_extract({{ signed_target(text) }}, '^(<=|>=|<|>|=)', 1)
            end
        when {{ range_bound(text, 1) }} is not null
        then 'range'
        -- A word with a condition (`inte`, `eller`, `med 10 %`) is not just a direction.
        when regexp_matches(lower({{ text }}), '\b(inte|eller|med)\b')
        then null
        when regexp_matches(lower({{ text }}), '^(ev\.? )?(öka|ökning)')
        then 'increase'
        when regexp_matches(lower({{ text }}), '^(ev\.? )?(minska|minskning)')
        then 'decrease'
        when regexp_matches(lower({{ text }}), '^(oförändra|bibehåll|behåll)')
        then 'unchanged'
        when {{ swedish_number(text) }} is not null
        then 'bare'
    end
{%- endmacro %}

{# The number after a comparison sign or its words, or a bare number: `≤64 000` -> 64000, `öka till 85 %` -> 85. #}
{% macro target_number(text) -%}
    {{ swedish_number("regexp_replace(" ~ signed_target(text) ~ ", '^(?:≤|≥|<=|>=|<|>|=) ?', '')") }}
{%- endmacro %}

{# Bound 1 or 2 of a printed range: `70–100` -> 70, 100. A text that begins with a minus is not a range. #}
{% macro range_bound(text, bound) -%}
    {{
        swedish_number(
            "regexp_extract("
            ~ plain_print(text)
            ~ ", '^(?:ca )?("
            ~ number_pattern()
            ~ ") ?%? ?- ?("
            ~ number_pattern()
            ~ ") ?%?$', "
            ~ bound
            ~ ")"
        )
    }}
{%- endmacro %}

{# All typed columns of a printed cell, for staging and for corrected cells. #}
{% macro typed_cell(text) %}
    case
        when {{ plain_print(text) }} = ''
        then 'blank'
        when {{ plain_print(text) }} in ('-', '..', '.')
        then 'dash'
        when {{ swedish_number(text) }} is not null
        then 'number'
        when {{ target_operator(text) }} is not null
        then 'target'
        when lower({{ plain_print(text) }}) = 'x'
        then 'mark'
        else 'text'
    end as cell_kind,
    {{ swedish_number(text) }} as printed_value,
    {{ printed_decimals(text) }} as printed_decimals,
    strpos({{ text }}, '%') > 0 as has_percent_sign,
    {{ target_operator(text) }} as printed_operator,
    {{ target_number(text) }} as printed_target,
    {{ range_bound(text, 1) }} as range_low,
    {{ range_bound(text, 2) }} as range_high
{% endmacro %}

{# The money unit that a text names: `Driftredovisning 2024, tkr` -> `tkr`. See kronor_unit for whole kronor. #}
{% macro money_unit(text) -%}
    nullif(
        regexp_extract(
            lower({{ text }}),
            '\b(tkr|kkr|ksek|mnkr|mkr|msek|tusen(?:tal|tals)? kronor|(?:miljoner|miljontal) kronor)\b',
            1
        ),
        ''
    )
{%- endmacro %}

{# The money unit that a header or title ends with: `Utfall 2024, kr`, `Budget (mnkr)`. #}
{% macro money_unit_at_end(text) -%}
    coalesce({{ money_unit(text) }}, nullif(regexp_extract(lower({{ text }}), '[,(] ?(kr|kronor|sek)\)?$', 1), ''))
{%- endmacro %}

{# Kronor, where a text names them as its unit: `Belopp i kr` -> `kr`. #}
{% macro kronor_unit(text) -%} nullif(regexp_extract(lower({{ text }}), '\bi (kr|kronor|sek)\b', 1), '') {%- endmacro %}
