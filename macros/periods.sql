{# The regular expression of a year. #}
{% macro year_pattern() -%} {{ return("(?:19|20)\\d\\d") }} {%- endmacro %}

{# Whether a text is a year and nothing else. #}
{% macro is_year(text) -%} regexp_full_match({{ text }}, '{{ year_pattern() }}') {%- endmacro %}

{# The year in a header, the last one where there are two: `Diff. utfall 2023/2024`, `Utfall 202408`, `2408` -> 2024. #}
{% macro header_year(header) -%}
    coalesce(
        cast(nullif(regexp_extract({{ header }}, '.*\b({{ year_pattern() }})(?:0[1-9]|1[0-2])?\b', 1), '') as integer),
        2000 + cast(nullif(regexp_extract({{ header }}, '(?:^| )(2\d)(?:0[1-9]|1[0-2])$', 1), '') as integer)
    )
{%- endmacro %}

{# The last month of a period in a header: `jan-aug`, `t.o.m. aug`, `202408`, `T2` -> 8; otherwise NULL. #}
{% macro header_month(header) -%}
    coalesce(
        {{
            month_number(
                "regexp_extract(lower("
                ~ header
                ~ "), '"
                ~ month_pattern()
                ~ "\\.? ?[-–/] ?("
                ~ month_pattern()
                ~ ")\\b', 1)"
            )
        }},
        {{
            month_number(
                "regexp_extract(lower("
                ~ header
                ~ "), '(?:t\\.?o\\.?m\\.?|till och med) ?("
                ~ month_pattern()
                ~ ")\\b', 1)"
            )
        }},
        try_cast(nullif(regexp_extract({{ header }}, '\b{{ year_pattern() }}-?(0[1-9]|1[0-2])\b', 1), '') as integer),
        try_cast(nullif(regexp_extract({{ header }}, '(?:^| )2\d(0[1-9]|1[0-2])$', 1), '') as integer),
        try_cast(nullif(regexp_extract({{ header }}, '(?:^| )\d{1,2}/(1[0-2]|0?[1-9])$', 1), '') as integer),
        4 * try_cast(nullif(regexp_extract(lower({{ header }}), '\bt(?:ertial )?([123])\b', 1), '') as integer)
    )
{%- endmacro %}

{# The month in a header that names a single month (`Utfall aug 2024`). #}
{% macro header_single_month(header) -%}
    {{ month_number("regexp_extract(lower(" ~ header ~ "), '\\b(" ~ month_pattern() ~ ")\\b', 1)") }}
{%- endmacro %}

{% macro month_pattern() -%}
    {{
        return(
            "(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
        )
    }}
{%- endmacro %}

{# The number of a Swedish month, from its name or first three letters. #}
{% macro month_number(name) -%} list_position({{ swedish_months() }}, nullif(left({{ name }}, 3), '')) {%- endmacro %}

{# The same day of another year; the last day of a month stays the last day (29 February). #}
{% macro day_in_year(day, in_year) -%}
    case
        when {{ day }} = last_day({{ day }})
        then last_day(make_date({{ in_year }}, month({{ day }}), 1))
        else make_date({{ in_year }}, month({{ day }}), day({{ day }}))
    end
{%- endmacro %}

{# The day in a header (`Utfall 31/8 2024`, `Mål 31 dec 2024`, `per 2022-12-31`), otherwise NULL. #}
{% macro header_date(header) -%}
    coalesce(
        try_cast(nullif(regexp_extract({{ header }}, '\b({{ year_pattern() }}-\d\d-\d\d)\b', 1), '') as date),
        {{ day_of_parts(header, "(\d{1,2})/(\d{1,2})[ -]+(" ~ year_pattern() ~ ")", "month_number") }},
        {{ day_of_parts(header, "(\d{1,2}) +([a-zå]{3})[a-zå]* +(" ~ year_pattern() ~ ")", "month_name") }}
    )
{%- endmacro %}

{#
  The day that a pattern with the groups day, month and year finds in a header; `month_as` is month_number or
  month_name.
#}
{% macro day_of_parts(header, pattern, month_as) -%}
    {%- set day = "regexp_extract(lower(" ~ header ~ "), '" ~ pattern ~ "', 1)" -%}
    {%- set month = "regexp_extract(lower(" ~ header ~ "), '" ~ pattern ~ "', 2)" -%}
    {%- set year = "regexp_extract(lower(" ~ header ~ "), '" ~ pattern ~ "', 3)" -%}
    {%- if month_as == "month_name" -%}
        {%- set month = "cast(list_position(" ~ swedish_months() ~ ", " ~ month ~ ") as varchar)" -%}
    {%- endif -%}
    try_cast({{ year }} || '-' || lpad({{ month }}, 2, '0') || '-' || lpad({{ day }}, 2, '0') as date)
{%- endmacro %}

{# The three-letter names of the months, as an SQL list. #}
{% macro swedish_months() -%}
    ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']
{%- endmacro %}

{# The same day of the year before; the last day of a month stays the last day (29 February). #}
{% macro year_before(day) -%}
    case
        when {{ day }} = last_day({{ day }}) then last_day({{ day }} - interval 1 year) else {{ day }} - interval 1 year
    end
{%- endmacro %}

{# The period in words: `jan–aug 2025`, `2024`, `jul 2024–jun 2025`, `30 jun 2025`. #}
{% macro period_label(period_start, period_end, period_basis) -%}
    {%- set first = swedish_months() ~ "[month(" ~ period_start ~ ")]" -%}
    {%- set last = swedish_months() ~ "[month(" ~ period_end ~ ")]" -%}
    case
        when {{ period_basis }} = 'full_year'
        then cast(year({{ period_end }}) as varchar)
        when {{ period_basis }} = 'point_in_time'
        then cast(day({{ period_end }}) as varchar) || ' ' || {{ last }} || ' ' || year({{ period_end }})
        when year({{ period_start }}) = year({{ period_end }})
        then {{ first }} || '–' || {{ last }} || ' ' || year({{ period_end }})
        else {{ first }} || ' ' || year({{ period_start }}) || '–' || {{ last }} || ' ' || year({{ period_end }})
    end
{%- endmacro %}

{# The Swedish name of the month of a day. #}
{% macro swedish_month(day) -%}
    (
        [
            'januari',
            'februari',
            'mars',
            'april',
            'maj',
            'juni',
            'juli',
            'augusti',
            'september',
            'oktober',
            'november',
            'december'
        ]
    )[month({{ day }})]
{%- endmacro %}
