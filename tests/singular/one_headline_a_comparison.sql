-- A committee or municipality has one headline per document, comparison and period, and one more for its investments.
with deviations as (select * from {{ ref("budget_deviations") }} where is_headline)

select
    document_id,
    committee,
    subject_scope,
    comparison,
    period_end,
    breakdown = 'investment' as is_investment,
    count(*) as headlines
from deviations
group by all
having count(*) > 1
