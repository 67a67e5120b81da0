{# A title of Kolada without the double spaces and outer blanks that many carry. #}
{% macro tidy_title(title) -%} trim(regexp_replace({{ title }}, '\s+', ' ', 'g')) {%- endmacro %}

{# Kolada's terms ask that raw values name it as the source; own processing is named as own. #}
{% macro source_line_raw() -%} 'Källa: Kolada' {%- endmacro %}

{# Own processing must not name Kolada as its maker, only as where the figures come from. #}
{% macro source_line_own() -%} 'Egen bearbetning av data från Kolada' {%- endmacro %}
