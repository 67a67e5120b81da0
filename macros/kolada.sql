{# A title of Kolada without the double spaces and outer blanks that many carry. #}
{% macro tidy_title(title) -%} trim(regexp_replace({{ title }}, '\s+', ' ', 'g')) {%- endmacro %}

{# Kolada's terms ask that raw values name it as the source; own processing is named as own. #}
{% macro source_line_raw() -%} 'Källa: Kolada' {%- endmacro %}

{# Own processing must not name Kolada as its maker, only as where the figures come from. #}
{% macro source_line_own() -%} 'Egen bearbetning av data från Kolada' {%- endmacro %}

{# Whether Kolada has settled a figure, for people: a file, and a KPI without publication dates, don't say. #}
{% macro preliminary_in_words(is_preliminary) -%}
    case {{ is_preliminary }} when true then 'Preliminärt' when false then 'Fastställt' else 'Okänt' end
{%- endmacro %}

{# Our own mean of Kolada's figures. Added as decimals, whose sum is the same in any order; that of doubles isn't, and not
   even when rounded, where it lies between two roundings. #}
{% macro mean_of_figures(value) -%} round(avg(try_cast({{ value }} as decimal(38, 6))), 6) {%- endmacro %}
