-- A wording of a column that no mart has any longer, or never had.
select wordings.column_name, wordings.mart
from {{ ref("column_wordings") }} as wordings
left join
    {{ ref("data_dictionary") }} as dictionary
    on wordings.column_name = dictionary.column_name
    and coalesce(wordings.mart, dictionary.mart) = dictionary.mart
where dictionary.mart is null
