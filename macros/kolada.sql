{# A title from Kolada without superfluous spaces. #}
{% macro tidy_title(title) -%} trim(regexp_replace({{ title }}, '\s+', ' ', 'g')) {%- endmacro %}

{# Kolada's terms require that unprocessed values name Kolada as their source. #}
{% macro kolada_credit_raw() -%} 'Källa: Kolada' {%- endmacro %}

{# Processed values must not present Kolada as their author, only as the source of the data. #}
{% macro kolada_credit_own() -%} 'Egen bearbetning av data från Kolada' {%- endmacro %}

{# Whether a figure is final in Kolada, in Swedish; unknown for a file and for a KPI without publication dates. #}
{% macro preliminary_in_words(is_preliminary) -%}
    case {{ is_preliminary }} when true then 'Preliminärt' when false then 'Fastställt' else 'Okänt' end
{%- endmacro %}

{#
  A mean of Kolada's figures. It is computed with decimals, whose sum is the same in any order. The sum of doubles is
  not, and rounding does not always hide that.
#}
{% macro mean_of_figures(value) -%} round(avg(try_cast({{ value }} as decimal(38, 6))), 6) {%- endmacro %}
