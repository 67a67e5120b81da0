-- The value of each document's own verdict: for a report's target that of its own row, for a plan's the latest printing
-- anywhere.
with candidates as (select * from {{ ref("int_target_candidates") }})

select target_figure_id, target_year, figure_id, document_id, value, value_kind, period_start, period_end, period_basis
from candidates
where is_own_row or document_kind = 'plan'
qualify
    row_number() over (
        partition by target_figure_id, target_year
        order by preference, information_date desc, period_end desc, figure_id
    )
    = 1
