{#
  Columns whose values are all in a column of another relation; a failing row comes with the name of the column. `keys`
  lists `column`, `to` (a ref) and `field`.
#}
{% test references(model, keys) %}
    {% for key in keys %}
        select '{{ key.column }}' as unknown_reference, child.*
        from {{ model }} as child
        left join
            (select distinct {{ key.field }} as known_value from {{ key.to }}) as known
            on child.{{ key.column }} = known.known_value
        where child.{{ key.column }} is not null and known.known_value is null {{ "union all" if not loop.last }}
    {% endfor %}
{% endtest %}
