{# The form in which labels are compared: composed lower-case letters, single spaces, no final full stop or colon. #}
{% macro label_key(text) -%}
    trim(rtrim(lower(nfc_normalize(regexp_replace({{ one_spaced(text) }}, '(\pL)\x{00AD}(\pL)', '\1\2', 'g'))), '.:'))
{%- endmacro %}

{#
  Whether a label or header names a sum. For money also a result or a net cost: `Verksamhetens nettokostnader`,
  `Resultat`.
#}
{% macro is_total_label(label, is_money) -%}
    (
        regexp_matches(lower({{ label }}), '^((del)?summa|totalt?|s:a|samtliga)\W*$')
        or (
            {{ is_money }}
            and regexp_matches(
                lower({{ label }}),
                '^((del)?summa|s:a|total[ta]?|netto|(drift)?resultat)\b|netto(kostnad|utgift|investering|utfall|resultat)|(årets|periodens) resultat'
            )
        )
    )
{%- endmacro %}

{# Whether a label or title names money: a line of a statement, or what a budget is about. #}
{% macro names_money(text) -%}
    regexp_matches(
        lower({{ text }}),
        'kostnad|intäkt|utgift|inkomst|resultat|budget|ekonomi|\bdrift|invester|kommunbidrag|nämndbidrag|statsbidrag|avskrivning|finansnetto|räntor|lokalhyr|skatte|tillgångar|skulder|eget kapital|avsättning|kassaflöde|balans|köp av|netto'
    )
{%- endmacro %}

{# Whether a label names income: `Statsbidrag`, `Försäljning`, `Totala inkomster`. #}
{% macro names_income(label) -%}
    (
        regexp_matches(lower({{ label }}), 'intäkt|inkomst|avgift|bidrag|ersättning|försäljning')
        and not regexp_matches(
            lower({{ label }}), 'kostnad|avgiftsfinans|investering|lämna(de|t)? bidrag|bidrag till|\bavgifter till'
        )
    )
{%- endmacro %}

{# Whether a label names the grant that a committee is given: `Nämndbidrag`, `Budgetram`, `Nettoanslag`. #}
{% macro names_grant(label) -%}
    regexp_full_match(
        lower({{ label }}),
        '(tilldela\w+ )?((kommun|nämnd|drift)bidrag|kommunersättning|skattemedel|skattefinansiering|(netto)?anslag|(netto|budget)?ram)'
    )
{%- endmacro %}

{# Whether a label names a cost: `Personalkostnader`, `Lokalhyror`, `Köp av tjänster`, `Totala utgifter`. #}
{% macro names_cost(label) -%}
    regexp_matches(
        lower({{ label }}),
        'kostnad|utgift|avskrivning|hyror\b|hyra\b|\bköp av|\bköpt|^personal$|^personal[ ,/]|^löner|entreprenad|^material|ränteutgift'
    )
{%- endmacro %}

{# Whether a label names a result, whose printed sign counts: `Årets resultat`, `Över-/underskott`. #}
{% macro names_result(label) -%}
    regexp_matches(
        lower({{ label }}),
        '^(årets |periodens |nämndens )?resultat|^överskott|^underskott|^över-? ?(och|/) ?underskott'
    )
{%- endmacro %}

{# The chapter of a section: all headings of its path but the innermost, or the only one. #}
{% macro chapter(section) -%}
    coalesce(nullif(regexp_extract({{ section }}, '^(.*) > [^>]*$', 1), ''), {{ section }})
{%- endmacro %}

{# Whether a label or header says that its numbers are percentages, which no sum of amounts includes: `Förbrukat %`. #}
{% macro is_percent_label(label) -%}
    regexp_matches(
        lower({{ label }}), '%|\bprocent|\bandel|förbruk(at|ning)|\bindex\b|(nyttjande|förbruknings|utnyttjande)grad'
    )
{%- endmacro %}

{# Whether a header names a column of numbers that are not amounts: `Not`, `Prio`, `Projektnr`, `Startår`. #}
{% macro names_a_reference(header) -%}
    regexp_full_match(
        lower({{ header }}),
        '(not|noter|prio(ritet|ritering)?|(projekt ?|konto ?|ansvars? ?)?(nr|nummer|kod)|konto|ansvar|(start|slut)år)[.:]?'
    )
{%- endmacro %}

{# Whether a label or title names something counted, measured or shared, which is not money. #}
{% macro names_a_count(text) -%}
    regexp_matches(
        lower({{ text }}),
        '%|\b(antal\w*|andel\w*|procent\w*|volym\w*|index|timmar|dagar|dygn|vårdygn|årsarbet\w*|sjukfrånvaro\w*|frisknärvaro|personalomsättning\w*|nyckeltal|platser|elever|ärenden|beläggning|meritvärde\w*|nöjd\w*)\b'
    )
{%- endmacro %}

{# Whether a label names a part of another row, which no sum includes: `varav personal`. #}
{% macro is_of_which(label) -%} regexp_matches(lower({{ label }}), '^\W*(varav|därav)\b') {%- endmacro %}

{# A stable code for a label that no seed knows, made from municipality, committee, parent row and label. #}
{% macro unmapped_code(municipality_code, committee, parent_label, label) -%}
    'unmapped_'
    || {{ municipality_code }}
    || '_'
    || trim(
        regexp_replace(
            lower(
                strip_accents(
                    concat_ws(
                        ' ',
                        {{ committee }},
                        {{ parent_label }},
                        replace(replace({{ label }}, '<', ' under '), '>', ' over '),
                        -- A label without letters or digits must not become an empty code.
                        case when not regexp_matches({{ label }}, '\w') then left(md5({{ label }}), 8) end
                    )
                )
            ),
            '[^a-z0-9]+',
            '_',
            'g'
        ),
        '_'
    )
{%- endmacro %}

{# Whether a seed's row, whose pattern may be blank (= any), fits a text. #}
{% macro fits(pattern, text) -%}
    ({{ pattern }} is null or regexp_matches(lower({{ text }}), {{ pattern }}))
{%- endmacro %}

{# Whether a seed's value, which may be blank (= any), equals a text. #}
{% macro any_or(value, text) -%}({{ value }} is null or {{ label_key(value) }} = {{ label_key(text) }}) {%- endmacro %}

{# The keys of a printed table, row and cell, made once in staging: `mark_arsrapport_2023.t2.r1.c4`. #}
{% macro table_id(document_id, table_no) -%} {{ document_id }} || '.t' || {{ table_no }} {%- endmacro %}

{% macro row_id(document_id, table_no, row_no) -%}
    {{ table_row_id(table_id(document_id, table_no), row_no) }}
{%- endmacro %}

{% macro table_row_id(table_id, row_no) -%} {{ table_id }} || '.r' || {{ row_no }} {%- endmacro %}

{% macro figure_id(document_id, table_no, row_no, col_no) -%}
    {{ row_id(document_id, table_no, row_no) }} || '.c' || {{ col_no }}
{%- endmacro %}

{# The column of the first of a group's printed figures, by document id and place in the document. #}
{% macro first_printed(column) -%} min_by({{ column }}, (document_id, table_no, row_no, col_no)) {%- endmacro %}

{# A header for comparison with others: without case and marks, and with any year replaced. #}
{% macro header_stem(header) -%}
    regexp_replace({{ label_key(header) }}, '{{ year_pattern() }}', '#', 'g')
{%- endmacro %}

{#
  Whether a printed cell is in reported_figures: a figure, a target, a mark, or `-` in place of one. The words of
  assessment tables are in the mart assessments.
#}
{% macro holds_a_figure() -%}
    (
        (value_kind = 'text' and cell_kind in ('number', 'target') and assessment_field is null)
        or (value_kind = 'mark' and cell_kind <> 'blank')
        or (value_kind not in ('text', 'mark') and cell_kind <> 'blank')
    )
{%- endmacro %}
