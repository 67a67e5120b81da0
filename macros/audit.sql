{#
  Macros of the audit. Relations between printed figures are learned from the table itself: a relation is accepted
  when it holds in most places and a coincidence is unlikely. How unlikely is measured in bits: a result that is right
  to one part in 2^n is n bits of evidence.
#}
{# The evidence in one result that is right: its size relative to the precision of its print, in bits. #}
{% macro evidence_bits(magnitude, precision) -%}
    cast(log2(1 + {{ magnitude }} / greatest(2 * {{ precision }}, 0.01)) as decimal(18, 6))
{%- endmacro %}

{# A number whose digits are not in groups of three, so that one may be lost: `-7 73`, `12 4506`. #}
{% macro is_broken_number(text) -%}
    regexp_matches({{ plain_print(text) }}, '^[-+]? ?\d{1,3}(?: \d{1,4})+(?:,\d+)?$')
{%- endmacro %}

{# Whether a label or header says that its percentages are shares of a whole, which add up to 100. #}
{% macro is_share_label(label) -%} regexp_matches(lower({{ label }}), '\bandel|fördelning') {%- endmacro %}

{# Whether words say that a percentage is a change or is set against a budget, so that it may pass 100 or be negative. #}
{% macro is_rate_label(words) -%}
    regexp_matches(
        lower({{ words }}),
        'förändring|ökning|minskning|tillväxt|utveckling|avvik|förbruk|differens|\bdiff\b|resultat|netto|av budget|(självfinansierings|täcknings|nyttjande|beläggnings)grad|soliditet|utfall ?(i )?(%|procent)'
    )
{%- endmacro %}

{# Whether a label or header says that its numbers are means or amounts per unit, which no total sums. #}
{% macro names_mean(label) -%}
    regexp_matches(
        lower({{ label }}),
        'snitt|medel(värde|tal|ålder|lön|poäng|kostnad)|median|kvot|\bper (invånare|inv|elev|plats|brukare|barn|dygn|timme|anställd|årsarbetare)|/ ?(inv|elev|plats|brukare|barn|dygn|tim)|betyg|poäng|meritvärde|frånvaro'
    )
{%- endmacro %}

{# Whether a header says that its amounts cover all years of a project: `Total projektbudget`, `Utfall sedan start`. #}
{% macro spans_project(header) -%}
    regexp_matches(
        lower({{ header }}),
        'projekt(budget|total|kalkyl|utgift)|total\w* projekt|sedan (projekt\w*)?start|hela projekt|tidigare år'
    )
{%- endmacro %}

{# Whether words say that whole numbers are rounded means or measures of time, not counts. #}
{% macro is_mean_label(words) -%}
    regexp_matches(
        lower({{ words }}),
        'årsarbet|heltid|tjänst|helårs|snitt|medel(värde|tal|ålder|tid|längd|poäng)|median|index|kvot|poäng|meritvärde|betyg|procent|%|andel|tim(mar|me)|dag(ar)?\b|dygn|per (invånare|brukare|elev|plats|barn)|kr(onor)?\b|\b[tkm]n?kr\b'
    )
{%- endmacro %}

{# Whether a label names a sum of the statements that the law prescribes: result, cash flow, balance. #}
{% macro is_statement_total(label) -%}
    regexp_matches(
        lower({{ label }}),
        '^(verksamhetens|årets|periodens|ordinarie) (netto|resultat)|^resultat (efter|före)|kassaflöde|^medel från|^likvida medel (vid|i) .*(slut|utgång)|balanskravsresultat|^utgående (balans|saldo|värde)'
    )
{%- endmacro %}

{#
  The totals among `lines` (with the columns of int_audit_lines) that are the sum of consecutive other lines: directly
  above, directly below or, where the label names a total, anywhere. One row per total and side.
#}
{% macro learned_sums(lines) %}
    -- One number per table and axis, since joining the many candidates by a number is cheaper.
    numbered_tables as (
        select axis, table_id, row_number() over (order by axis, table_id) as table_key
        from {{ lines }}
        group by axis, table_id
    ),

    keyed as (
        select numbered_tables.table_key, lines.* exclude (table_id)
        from {{ lines }} as lines
        inner join numbered_tables on lines.axis = numbered_tables.axis and lines.table_id = numbered_tables.table_id
    ),

    conventions_tried as (
        select
            *,
            unnest(
                case
                    -- The difference of a net counts incomes and costs alike, whatever their signs.
                    when has_both_signs and not coalesce(is_difference, false)
                    then ['all_added', 'income_less_cost', 'cost_less_income']
                    else ['all_added']
                end
            ) as convention
        from keyed
    ),

    signed as (
        select
            *,
            case
                when is_of_which or is_counted_elsewhere
                then 0
                when convention = 'all_added' or (convention = 'income_less_cost') = is_income
                then 1
                else -1
            end as weight
        from conventions_tried
    ),

    accumulated as (
        select
            table_key,
            across,
            place,
            convention,
            sum(weight * coalesce(value, 0)) over so_far as sum_so_far,
            sum(abs(weight * coalesce(value, 0))) over so_far as magnitude_so_far,
            sum(abs(weight) * coalesce(rounding, 0)) over so_far as rounding_so_far,
            sum(abs(weight) * cast(value is not null as integer)) over so_far as numbers_so_far,
            sum(abs(weight)) over so_far as lines_so_far
        from signed
        window so_far as (partition by table_key, across, convention order by place)
    ),

    places as (
        select distinct
            table_key, axis, place, is_total, is_of_which, is_counted_elsewhere, is_money, heading_place, opening_place
        from keyed
    ),

    runs as (
        select
            total.table_key,
            total.axis,
            total.place as total_place,
            total.is_total,
            total.is_money,
            first.place as first_place,
            last.place as last_place,
            case
                when last.place = total.place - 1
                then 'above'
                when first.place = total.place + 1
                then 'below'
                else 'apart'
            end as side,
            -- A total is expected to sum what follows the previous total or, with less certainty, also that total,
            -- or all below its heading.
            case
                when not total.is_total or last.place <> total.place - 1
                then 0
                when first.place = min(case when first.place >= total.opening_place then first.place end) over of_total
                then 2
                when
                    first.place in (
                        min(case when first.place >= total.opening_place - 1 then first.place end) over of_total,
                        min(case when first.place >= total.heading_place then first.place end) over of_total
                    )
                then 1
                else 0
            end as expectation
        from places as total
        inner join places as first on total.table_key = first.table_key
        inner join places as last on total.table_key = last.table_key and first.place <= last.place
        where
            not total.is_of_which
            and total.place not between first.place
            and last.place
            and (total.is_total or last.place = total.place - 1 or first.place = total.place + 1)
            and (not (first.is_of_which or first.is_counted_elsewhere) or first.place = total.place + 1)
            and (not (last.is_of_which or last.is_counted_elsewhere) or last.place = total.place - 1)
        window of_total as (partition by total.table_key, total.place)
    ),

    runs_counted as (select table_key, count(*) as candidates from runs group by table_key),

    tried as (
        select
            runs.*,
            last.convention,
            last.lines_so_far - coalesce(before.lines_so_far, 0) as parts,
            last.numbers_so_far - coalesce(before.numbers_so_far, 0) as numbers,
            abs(total.value - (last.sum_so_far - coalesce(before.sum_so_far, 0))) as residual,
            total.rounding + last.rounding_so_far - coalesce(before.rounding_so_far, 0) as tolerance,
            total.precision + last.rounding_so_far - coalesce(before.rounding_so_far, 0) as precision,
            greatest(abs(total.value), last.magnitude_so_far - coalesce(before.magnitude_so_far, 0)) as magnitude
        from runs
        inner join accumulated as last on runs.table_key = last.table_key and runs.last_place = last.place
        inner join
            keyed as total
            on runs.table_key = total.table_key
            and runs.total_place = total.place
            and last.across = total.across
        left join
            accumulated as before
            on last.table_key = before.table_key
            and last.across = before.across
            and last.convention = before.convention
            and runs.first_place - 1 = before.place
        where total.value is not null
    ),

    weighed as (
        select
            table_key,
            total_place,
            first_place,
            last_place,
            side,
            is_total,
            expectation,
            convention,
            max(parts) as parts,
            count(*) filter (where residual <= tolerance and magnitude > 0) as holds,
            count(*) filter (where residual > tolerance) as fails,
            coalesce(
                sum(case when residual <= tolerance then {{ evidence_bits("magnitude", "precision") }} end), 0
            ) as bits
        from tried
        where numbers > 1 or (numbers > 0 and (parts = 1 or is_total))
        group by
            table_key, axis, total_place, first_place, last_place, side, is_total, expectation, convention, is_money
        -- A single part counts as a sum only for money, under its heading or above a total.
        having max(parts) > 1 or (axis = 'rows' and is_money and (is_total or side = 'below'))
    ),

    believed as (
        select weighed.*, bits - 6 * fails + case when expectation > 0 then 8 else 0 end as belief
        from weighed
        inner join runs_counted on weighed.table_key = runs_counted.table_key
        where
            (holds > fails and bits >= log2(candidates) + case when is_total then 6 else 12 end)
            or (expectation = 2 and holds > 0 and holds >= fails)
            or (expectation = 1 and holds > 0 and holds >= fails and bits >= 6 * fails)
        qualify
            row_number() over (
                partition by weighed.table_key, total_place, side
                order by belief desc, parts desc, convention, first_place, last_place
            )
            = 1
    )

    -- Of two runs with lines in common, only the better one is a sum.
    select
        numbered_tables.axis,
        numbered_tables.table_id,
        believed.total_place,
        believed.first_place,
        believed.last_place,
        believed.side,
        believed.convention,
        believed.holds,
        believed.fails,
        round(believed.bits, 1) as bits
    from believed
    inner join numbered_tables on believed.table_key = numbered_tables.table_key
    where
        not exists (
            select 1
            from believed as better
            where
                better.table_key = believed.table_key
                and better.total_place = believed.total_place
                and better.side <> believed.side
                and better.first_place <= believed.last_place
                and better.last_place >= believed.first_place
                and (better.belief, better.side) > (believed.belief, believed.side)
        )
{% endmacro %}

{# The digits of a printed number, without sign, comma and leading zeros: `− 0,348 %` -> `348`. #}
{% macro bare_digits(text) -%} ltrim(regexp_replace({{ text }}, '\D', '', 'g'), '0') {%- endmacro %}

{#
  The number of typing errors between two printed numbers: digits changed, added, left out or swapped, and one each
  for the minus, the position of the comma and zeros at the end.
#}
{% macro strokes_apart(text, other) -%}
    case
        -- A factor of ten, a hundred or a thousand is one error, however many zeros it takes.
        when rtrim({{ bare_digits(text) }}, '0') = rtrim({{ bare_digits(other) }}, '0')
        then cast({{ bare_digits(text) }} <> {{ bare_digits(other) }} as integer)
        else damerau_levenshtein({{ bare_digits(text) }}, {{ bare_digits(other) }})
    end
    + cast(starts_with({{ plain_print(text) }}, '-') <> starts_with({{ plain_print(other) }}, '-') as integer)
    + coalesce(cast({{ printed_decimals(text) }} <> {{ printed_decimals(other) }} as integer), 0)
{%- endmacro %}

{#
  The last month of a period in a footnote: `jan–juli`, `1 januari–30 juni 2025`, `2407-2506` -> 7, 6, 6; otherwise
  NULL.
#}
{% macro note_month(note) -%}
    coalesce(
        {{
            month_number(
                "regexp_extract(lower("
                ~ note
                ~ "), '"
                ~ month_pattern()
                ~ "\\.? ?[-–] ?(?:\\d{1,2} )?("
                ~ month_pattern()
                ~ ")\\b', 1)"
            )
        }},
        try_cast(
            nullif(regexp_extract({{ note }}, '\b\d\d(?:0[1-9]|1[0-2]) ?[-–] ?\d\d(0[1-9]|1[0-2])\b', 1), '') as integer
        )
    )
{%- endmacro %}

{# A message with its placeholders filled in; a year is not grouped as an amount is. #}
{% macro worded(message, finding) -%}
    replace(
        replace(
            replace({{ message }}, '{printed}', coalesce({{ finding }}.printed_text, '–')),
            '{computed}',
            coalesce(
                case
                    when starts_with({{ finding }}.rule, 'header_year')
                    then cast(cast({{ finding }}.computed_value as integer) as varchar)
                    else {{ swedish_print_short(finding ~ ".computed_value") }}
                end,
                '–'
            )
        ),
        '{detail}',
        coalesce({{ finding }}.detail, '–')
    )
{%- endmacro %}

{# A number with the decimals that its precision (half a unit) allows, without trailing zeros: 12.0 -> `12`. #}
{% macro shortest_print(number, precision) -%}
    rtrim(
        replace(
            regexp_replace(
                format(
                    '{:.' || cast(greatest(0, round(- log10(2 * {{ precision }}))) as integer) || 'f}', {{ number }}
                ),
                '(\.\d*?)0+$',
                '\1'
            ),
            '.',
            ','
        ),
        ','
    )
{%- endmacro %}

{# The decimals of a group of cells: the finest ones, unless only a single cell among several has them. #}
{% macro shared_decimals(printed_decimals) -%}
    list_reverse_sort(list({{ printed_decimals }}))[case when count({{ printed_decimals }}) > 2 then 2 else 1 end]
{%- endmacro %}

{# Whether swapping two adjacent digits of a printed number brings it within a share (0.1 = 10 %) of another number. #}
{% macro is_swap_of(text, number, share) -%}
    len(
        list_filter(
            range(1, length({{ bare_digits(text) }})),
            place -> abs(
                ln(
                    greatest(
                        try_cast(
                            {{ bare_digits(text) }} [1:place - 1]
                            || {{ bare_digits(text) }} [place + 1]
                            || {{ bare_digits(text) }} [place]
                            || {{ bare_digits(text) }} [place + 2:] as double precision
                        )
                        / power(10, {{ printed_decimals(text) }}),
                        0.0001
                    )
                    / abs({{ number }})
                )
            )
            < {{ share }}
        )
    )
    > 0
{%- endmacro %}
