with
    pairs as (select * from {{ ref("int_year_pairs") }}),
    measures as (select * from {{ ref("measure_definitions") }}),
    budget_lines as (select * from {{ ref("budget_line_definitions") }}),
    results as (select distinct figure_id from {{ ref("int_budget_figures") }} where line_role = 'result'),
    breaks as (select * from {{ ref("int_breaks") }}),
    suspicions as (select *, 'budget_line' as subject_kind from {{ ref("int_suspected_changes") }}),

    price_changes as (
        -- Prices are compared with what budget lines cost in a whole year.
        select year, 'full_year' as period_basis, 'budget_line' as subject_kind, change_pct, is_forecast
        from {{ ref("price_indices") }}
        where index_code = 'PKV'
        qualify row_number() over (partition by year order by published_on desc) = 1
    ),

    -- A break with restated comparatives does not stand between figures that were both printed after it.
    broken as (
        select
            pairs.municipality_code,
            pairs.committee,
            pairs.subject_scope,
            pairs.subject_kind,
            pairs.subject_code,
            pairs.activity_code,
            pairs.gender,
            pairs.value_kind,
            pairs.period_basis,
            pairs.period_end,
            string_agg(distinct breaks.note, '; ' order by breaks.note) as note
        from pairs
        inner join breaks on {{ is_about_figure("breaks", "pairs") }}
        where
            breaks.valid_from between pairs.previous_period_end + 1 and pairs.period_end
            and not (breaks.comparatives_restated and pairs.previous_information_date >= breaks.valid_from)
        group by all
    ),

    -- A share of a share is judged by what it is of the whole: 43.7 % of a sick leave of 8.7 % is 3.80 %.
    wholes as (
        select
            parts.municipality_code,
            parts.committee,
            parts.subject_scope,
            parts.subject_code,
            parts.activity_code,
            parts.gender,
            parts.value_kind,
            parts.period_basis,
            parts.period_end,
            parts.value * wholes.value / 100 as value_of_whole,
            parts.previous_value * wholes.previous_value / 100 as previous_value_of_whole,
            (
                abs(parts.value) * wholes.precision
                + abs(wholes.value) * parts.precision
                + abs(parts.previous_value) * wholes.previous_precision
                + abs(wholes.previous_value) * parts.previous_precision
            )
            / 100 as rounding
        from pairs as parts
        inner join measures on parts.subject_code = measures.measure_code
        inner join
            pairs as wholes
            on measures.share_of_measure_code = wholes.subject_code
            and parts.municipality_code = wholes.municipality_code
            and parts.committee = wholes.committee
            and parts.subject_scope = wholes.subject_scope
            and parts.activity_code = wholes.activity_code
            and parts.gender = wholes.gender
            and parts.value_kind = wholes.value_kind
            and parts.period_basis = wholes.period_basis
            and parts.period_end = wholes.period_end
    ),

    explained as (
        select
            pairs.*,
            wholes.value_of_whole,
            wholes.previous_value_of_whole,
            measures.share_of_measure_code,
            measures.better_when,
            case when pairs.subject_kind = 'budget_line' then budget_lines.cost_type_code end as cost_type_code,
            results.figure_id is not null as is_result,
            -- A handful of cases more or less says nothing about how the work is going.
            pairs.unit = 'number' and least(abs(pairs.value), abs(pairs.previous_value)) < 20 as is_small_base,
            coalesce(wholes.value_of_whole - wholes.previous_value_of_whole, pairs.change) as judged_change,
            coalesce(wholes.rounding, pairs.rounding) as judged_rounding,
            price_changes.change_pct as price_change_pct,
            price_changes.is_forecast as price_change_is_forecast,
            broken.note as break_note,
            suspicions.note as suspicion_note
        from pairs
        left join measures on pairs.subject_code = measures.measure_code
        left join budget_lines on pairs.subject_code = budget_lines.line_code
        left join
            wholes
            on pairs.municipality_code = wholes.municipality_code
            and pairs.committee = wholes.committee
            and pairs.subject_scope = wholes.subject_scope
            and pairs.subject_code = wholes.subject_code
            and pairs.activity_code = wholes.activity_code
            and pairs.gender = wholes.gender
            and pairs.value_kind = wholes.value_kind
            and pairs.period_basis = wholes.period_basis
            and pairs.period_end = wholes.period_end
        left join results on coalesce(pairs.figure_id, array_to_string(pairs.input_figure_ids, '+')) = results.figure_id
        left join
            price_changes
            on pairs.fiscal_year = price_changes.year
            and pairs.period_basis = price_changes.period_basis
            and pairs.subject_kind = price_changes.subject_kind
        left join
            broken
            on pairs.municipality_code = broken.municipality_code
            and pairs.committee = broken.committee
            and pairs.subject_scope = broken.subject_scope
            and pairs.subject_kind = broken.subject_kind
            and pairs.subject_code = broken.subject_code
            and pairs.activity_code = broken.activity_code
            and pairs.gender = broken.gender
            and pairs.value_kind = broken.value_kind
            and pairs.period_basis = broken.period_basis
            and pairs.period_end = broken.period_end
        left join
            suspicions
            on pairs.municipality_code = suspicions.municipality_code
            and pairs.committee = suspicions.committee
            and pairs.subject_scope = suspicions.subject_scope
            and pairs.subject_kind = suspicions.subject_kind
            and pairs.subject_code = suspicions.subject_code
            and pairs.activity_code = suspicions.activity_code
            and pairs.value_kind = suspicions.value_kind
            and pairs.period_basis = suspicions.period_basis
            and pairs.period_end = suspicions.period_end
    ),

    judged as (
        select
            *,
            case
                when unit = 'percent'
                then 'percent_unit'
                when previous_value = 0
                then 'previous_is_zero'
                when sign(value) = - sign(previous_value)
                then 'sign_turned'
                when is_small_base
                then 'small_base'
            end as growth_reason,
            case
                when abs(judged_change) <= judged_rounding
                then 'unchanged'
                when is_small_base or (share_of_measure_code is not null and value_of_whole is null)
                then case when abs(value) > abs(previous_value) then 'increased' else 'decreased' end
                when is_result or better_when = 'higher'
                then case when judged_change > 0 then 'better' else 'worse' end
                when better_when = 'lower'
                then case when judged_change < 0 then 'better' else 'worse' end
                when abs(value) > abs(previous_value)
                then 'increased'
                else 'decreased'
            end as direction,
            case
                when break_note is not null
                then 'not_comparable'
                when suspicion_note is not null
                then 'suspected'
                else 'comparable'
            end as comparability_code
        from explained
    ),

    grown as (
        select
            *,
            case
                when value_kind in ('outcome', 'forecast')
                then case when period_basis = 'full_year' then 'year_end' else 'to_date' end
            end as answer_to,
            -- The outcome answers what the forecast did before it; within a year the latest last day counts.
            row_number() over (
                partition by
                    municipality_code,
                    committee,
                    subject_scope,
                    subject_kind,
                    subject_code,
                    activity_code,
                    gender,
                    fiscal_year,
                    period_basis,
                    case when value_kind in ('outcome', 'forecast') then 'answer' else value_kind end
                order by value_kind = 'forecast', period_end desc
            )
            = 1 as answers_now,
            case
                when growth_reason is null
                then 100 * (abs(value) - abs(previous_value)) / nullif(abs(previous_value), 0)
            end as growth_pct
        from judged
    ),

    answered as (select * exclude (is_current), answers_now and is_current as is_the_answer from grown)

select
    municipality_code,
    municipality,
    committee,
    {{ committee_id("municipality_code", "committee") }} as committee_id,
    subject_scope,
    {{ wording_sv("'subject_scope'", "subject_scope") }} as subject_scope_sv,
    subject_kind,
    {{ wording_sv("'subject_kind'", "subject_kind") }} as subject_kind_sv,
    subject_code,
    subject_label,
    case when subject_kind = 'budget_line' then subject_code end as line_code,
    cost_type_code,
    {{ wording_sv("'cost_type'", "cost_type_code") }} as cost_type_sv,
    case when subject_kind = 'measure' then subject_code end as measure_code,
    activity_code,
    {{ activity_label("activity_code") }} as activity_label,
    unit,
    {{ wording_sv("'unit'", "unit") }} as unit_sv,
    value_kind,
    {{ wording_sv("'value_kind'", "value_kind") }} as value_kind_sv,
    gender,
    {{ wording_sv("'gender'", "gender") }} as gender_sv,
    fiscal_year,
    period_basis,
    {{ wording_sv("'period_basis'", "period_basis") }} as period_basis_sv,
    period_end,
    period_label,
    value,
    previous_value,
    previous_value_kind,
    {{ wording_sv("'value_kind'", "previous_value_kind") }} as previous_value_kind_sv,
    change_since,
    {{ wording_sv("'change_since'", "change_since") }} as change_since_sv,
    cast(change as decimal(18, 4)) as change,
    cast(growth_pct as decimal(18, 2)) as growth_pct,
    growth_reason,
    {{ wording_sv("'growth_reason'", "growth_reason") }} as growth_reason_sv,
    cast(100 * ((100 + growth_pct) / (100 + price_change_pct) - 1) as decimal(18, 2)) as real_growth_pct,
    price_change_pct,
    price_change_is_forecast,
    case when unit = 'percent' then 'pp' else unit end as change_unit,
    cast(value_of_whole as decimal(18, 4)) as value_of_whole,
    cast(previous_value_of_whole as decimal(18, 4)) as previous_value_of_whole,
    direction,
    {{ wording_sv("'direction'", "direction") }} as direction_sv,
    case
        comparability_code when 'comparable' then 'true' when 'not_comparable' then 'false' else comparability_code
    end as comparability,
    -- Excel would turn true and false among the codes of the seed into SANT and FALSKT.
    {{ wording_sv("'change_comparability'", "comparability_code") }} as comparability_sv,
    comparability_code = 'comparable' as is_comparable,
    coalesce(break_note, suspicion_note) as comparability_note,
    is_mapped,
    figure_id,
    previous_figure_id,
    list_concat(input_figure_ids, previous_input_figure_ids) as input_figure_ids,
    document_id,
    previous_document_id,
    answer_to,
    {{ wording_sv("'answer_to'", "answer_to") }} as answer_to_sv,
    is_the_answer as is_current,
    is_the_answer
    and period_end = max(period_end) filter (where is_the_answer) over (
        partition by
            municipality_code,
            committee,
            subject_scope,
            subject_kind,
            value_kind,
            cost_type_code is not distinct from 'investment'
    ) as is_newest,
    {{
        answer_row_id(
            [
                "municipality_code",
                "committee",
                "subject_scope",
                "subject_kind",
                "subject_code",
                "activity_code",
                "gender",
                "value_kind",
                "period_basis",
                "period_end",
            ]
        )
    }} as row_id
from answered
