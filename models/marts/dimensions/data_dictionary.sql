{# The columns come from the models' own descriptions and tests, so nothing is described twice. #}
with
    listed_columns as (
        select *
        from
            (
                values
                    {% for column in columns_of_marts() %}
                        (
                            '{{ column.mart }}',
                            {{ column.ordinal }},
                            '{{ column.name }}',
                            '{{ column.data_type }}',
                            {{ column.is_key }},
                            {{ column.is_nullable }},
                            '{{ escape_single_quotes(column.description) }}'
                        )
                        {{ "," if not loop.last }}
                    {% endfor %}
            ) as listed(mart, ordinal, column_name, data_type, is_key, is_nullable, description)
    ),

    wordings as (select * from {{ ref("column_wordings") }}),

    wordings_of_one_mart as (select * from wordings where mart is not null),

    wordings_of_all_marts as (select * from wordings where mart is null),

    final as (
        select
            listed_columns.mart,
            listed_columns.ordinal,
            listed_columns.column_name,
            listed_columns.data_type,
            listed_columns.is_key,
            listed_columns.is_nullable,
            coalesce(one_mart.label_sv, all_marts.label_sv) as label_sv,
            coalesce(one_mart.description_sv, all_marts.description_sv) as description_sv,
            listed_columns.description
        from listed_columns
        left join
            wordings_of_one_mart as one_mart
            on listed_columns.mart = one_mart.mart
            and listed_columns.column_name = one_mart.column_name
        left join wordings_of_all_marts as all_marts on listed_columns.column_name = all_marts.column_name
    )

select *
from final
