{#
  A header in the form in which headers are compared, without the words that say whose figures they are, which
  int_column_scopes reads: `Koncernen 2018` -> `2018`, `Kommunen Utfall` -> `utfall`, `Kommunbidrag` as it is.
#}
{% macro header_without_scope(header) -%}
    trim(
        regexp_replace(
            {{ label_key(header) }},
            '(^| )((den )?kommunala )?(kommun|koncern|kommunkoncern)(en|ens)?[,:]?( |$)|sammanställ(d|da) (redovisning|räkenskaper)[,:]?',
            ' '
        )
    )
{%- endmacro %}
