with
    series as (
        select * from {{ ref("series") }} where value_kind in ('outcome', 'forecast', 'budget', 'period_budget', 'plan')
    ),
    measures as (select * from {{ ref("measure_definitions") }}),
    definition_breaks as (select * from {{ ref("definition_breaks") }}),

    -- A predecessor has the same basis and the same day of the year before; for a forecast it is last year's outcome.
    paired as (
        select
            series.*,
            previous.value as previous_value,
            previous.value_kind as previous_value_kind,
            previous.figure_id as previous_figure_id,
            previous.input_figure_ids as previous_input_figure_ids,
            previous.document_id as previous_document_id,
            previous.period_end as previous_period_end,
            measures.better_when
        from series
        inner join
            series as previous
            on series.municipality_code = previous.municipality_code
            and series.committee = previous.committee
            and series.subject_scope = previous.subject_scope
            and series.subject_kind = previous.subject_kind
            and series.subject_code = previous.subject_code
            and series.activity_code = previous.activity_code
            and series.gender = previous.gender
            and series.unit = previous.unit
            and series.period_basis = previous.period_basis
            and {{ year_before("series.period_end") }} = previous.period_end
            and previous.value_kind = case when series.value_kind = 'forecast' then 'outcome' else series.value_kind end
        left join measures on series.subject_code = measures.measure_code
    ),

    broken as (
        select
            paired.municipality_code,
            paired.committee,
            paired.subject_scope,
            paired.subject_kind,
            paired.subject_code,
            paired.activity_code,
            paired.gender,
            paired.value_kind,
            paired.period_basis,
            paired.period_end,
            string_agg(definition_breaks.note, '; ' order by definition_breaks.note) as note
        from paired
        inner join
            definition_breaks
            on paired.municipality_code = definition_breaks.municipality_code
            and paired.subject_kind = definition_breaks.subject_kind
            and paired.subject_code = coalesce(definition_breaks.subject_code, paired.subject_code)
            and paired.activity_code = coalesce(definition_breaks.activity_code, paired.activity_code)
            and paired.value_kind = coalesce(definition_breaks.value_kind, paired.value_kind)
            and definition_breaks.from_period_end between paired.previous_period_end + 1 and paired.period_end
        group by all
    ),

    explained as (
        select
            paired.*,
            paired.value - paired.previous_value as change,
            case
                when paired.unit = 'percent'
                then 'percent_unit'
                when paired.previous_value = 0
                then 'previous_is_zero'
                when sign(paired.value) = - sign(paired.previous_value)
                then 'sign_turned'
            end as growth_reason,
            broken.note as break_note
        from paired
        left join
            broken
            on paired.municipality_code = broken.municipality_code
            and paired.committee = broken.committee
            and paired.subject_scope = broken.subject_scope
            and paired.subject_kind = broken.subject_kind
            and paired.subject_code = broken.subject_code
            and paired.activity_code = broken.activity_code
            and paired.gender = broken.gender
            and paired.value_kind = broken.value_kind
            and paired.period_basis = broken.period_basis
            and paired.period_end = broken.period_end
    ),

    directed as (
        select
            *,
            case
                when change = 0
                then 'unchanged'
                when subject_code = 'result' or better_when = 'higher'
                then case when change > 0 then 'better' else 'worse' end
                when better_when = 'lower'
                then case when change < 0 then 'better' else 'worse' end
                when abs(value) > abs(previous_value)
                then 'increased'
                else 'decreased'
            end as direction
        from explained
    )

select
    municipality_code,
    municipality,
    committee,
    subject_scope,
    subject_kind,
    subject_code,
    subject_label,
    activity_code,
    unit,
    value_kind,
    gender,
    fiscal_year,
    period_basis,
    period_end,
    period_label,
    value,
    previous_value,
    previous_value_kind,
    cast(change as decimal(18, 4)) as change,
    case
        when growth_reason is null
        then cast(100 * (abs(value) - abs(previous_value)) / nullif(abs(previous_value), 0) as decimal(18, 2))
    end as growth_pct,
    growth_reason,
    {{ wording_sv("'growth_reason'", "growth_reason") }} as growth_reason_sv,
    case when unit = 'percent' then 'pp' else unit end as change_unit,
    direction,
    {{ wording_sv("'direction'", "direction") }} as direction_sv,
    break_note is null as is_comparable,
    break_note as comparability_note,
    is_mapped,
    figure_id,
    previous_figure_id,
    list_concat(input_figure_ids, previous_input_figure_ids) as input_figure_ids,
    document_id,
    previous_document_id
from directed
