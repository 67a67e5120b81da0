{# Whether a break (a row of int_breaks) is about a figure, whenever it happened. #}
{% macro is_about_figure(break, figure) -%}
    {{ break }}.municipality_code = {{ figure }}.municipality_code
    and {{ break }}.committee = {{ figure }}.committee
    and coalesce({{ break }}.subject_kind, {{ figure }}.subject_kind) = {{ figure }}.subject_kind
    and coalesce({{ break }}.subject_code, {{ figure }}.subject_code) = {{ figure }}.subject_code
    and coalesce({{ break }}.activity_code, {{ figure }}.activity_code) = {{ figure }}.activity_code
    -- Figures of the whole municipality are printed under the name of its executive board.
    and {{ figure }}.subject_scope not in ('municipality', 'group')
{%- endmacro %}

{# Whether a number is an exact count (persons, cases, yes or no) and not a rounded mean or measure. #}
{% macro is_exact_count(unit, precision, label) -%}
    ({{ unit }} = 'yes_no' or ({{ unit }} = 'number' and {{ precision }} = 0.5 and not {{ is_mean_label(label) }}))
{%- endmacro %}

{# Whether a survey (a row of int_survey_years) was or will be made in a year; NULL where no year of it is known. #}
{% macro is_survey_year(year, survey) -%}
    abs({{ year }} - {{ survey }}.known_survey_year) % {{ survey }}.survey_cycle_years = 0
{%- endmacro %}
