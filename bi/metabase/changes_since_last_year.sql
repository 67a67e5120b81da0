with
changes as (
    select changes.*
    from marts.year_over_year_changes as changes
    left join marts.budget_lines as lines on changes.subject_code = lines.line_code
    where
        changes.subject_kind = 'budget_line'
        and changes.activity_code = 'total'
        and changes.value_kind = 'outcome'
        and coalesce(lines.cost_type_code, '') <> 'investment'
),
latest as (
    select municipality_code, committee, max(period_end) as period_end
    from changes
    group by municipality_code, committee
)
select
    changes.municipality,
    changes.committee,
    changes.period_label,
    changes.subject_label,
    changes.previous_value,
    changes.value,
    changes.change,
    changes.growth_pct,
    changes.direction_sv,
    changes.comparability_note
from changes
inner join
    latest
    on changes.municipality_code = latest.municipality_code
    and changes.committee = latest.committee
    and changes.period_end = latest.period_end
order by changes.municipality, changes.committee, changes.period_label, changes.subject_label
