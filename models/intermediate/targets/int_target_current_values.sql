-- The best that any document knows about each target: the latest outcome of the year, else the latest forecast, else
-- the
-- latest interim outcome. Of one document its own row counts.
with candidates as (select * from {{ ref("int_target_candidates") }})

select target_figure_id, target_year, figure_id, document_id, value, value_kind, period_start, period_end, period_basis
from candidates
qualify
    row_number() over (
        partition by target_figure_id, target_year
        order by preference, information_date desc, is_own_row desc, period_end desc, figure_id
    )
    = 1
