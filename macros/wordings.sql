{# Where a figure stands, readable: document, section, table, row. #}
{% macro source_ref(municipality, document_title, section, table_title, row_label) -%}
    concat_ws(
        ' · ',
        {{ municipality }} || ', ' || {{ document_title }},
        {{ section }},
        nullif({{ table_title }}, {{ section }}),
        {{ row_label }}
    )
{%- endmacro %}

{# A number as Swedish print has it, with `decimals` decimals: -1234.5 -> `-1 234,5`. #}
{% macro swedish_print(number, decimals) -%}
    replace(
        replace(
            format(
                '{:,.{{ decimals }}f}',
                cast(round(cast({{ number }} as decimal(38, 6)), {{ decimals }}) as double precision)
            ),
            ',',
            ' '
        ),
        '.',
        ','
    )
{%- endmacro %}

{# The same with no more decimals than needed, at most three: -33296 -> `-33 296`, 2.40 -> `2,4`, 15.127 -> `15,127`. #}
{% macro swedish_print_short(number) -%} regexp_replace({{ swedish_print(number, 3) }}, ',?0+$', '') {%- endmacro %}

{# An amount in tkr in words: `12,7 mnkr`, from one million kronor, else `402 tkr`. #}
{% macro amount_in_words(tkr) -%}
    case
        when abs({{ tkr }}) >= 1000
        then {{ swedish_print("abs(" ~ tkr ~ ") / 1000", 1) }} || ' mnkr'
        else {{ swedish_print("abs(" ~ tkr ~ ")", 0) }} || ' tkr'
    end
{%- endmacro %}

{#
  The Swedish wording of a code: code lists live in the seed code_wordings. A list named in quotes is looked up as one map,
  which costs far less than a join where a mart has many codes; an expression may name another list in each row.
#}
{% macro wording_sv(code_list, code) -%}
    {%- if code_list.startswith("'") -%}
        (
            select map_from_entries(list((wordings.code, wordings.wording_sv)))
            from {{ ref("code_wordings") }} as wordings
            where wordings.code_list = {{ code_list }}
        )[{{ code }}]
    {%- else -%}
        (
            select wordings.wording_sv
            from {{ ref("code_wordings") }} as wordings
            where wordings.code_list = {{ code_list }} and wordings.code = {{ code }}
        )
    {%- endif -%}
{%- endmacro %}
