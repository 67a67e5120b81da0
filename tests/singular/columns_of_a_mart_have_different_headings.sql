-- Two columns of one mart with the same Swedish heading could not be told apart in a table.
select mart, label_sv, string_agg(column_name, ', ' order by column_name) as columns_with_it
from {{ ref("data_dictionary") }}
group by mart, label_sv
having count(*) > 1
