with
    series as (select * from {{ ref("series") }} where subject_scope = 'committee'),
    derived as (select * from {{ ref("int_derived_comparables") }}),
    per_inhabitant as (select * from {{ ref("int_per_inhabitant_comparables") }}),
    figures as (select * from {{ ref("reported_figures") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    comparisons as (select * from {{ ref("comparisons") }}),
    members as (select * from {{ ref("comparison_members") }}),
    notes as (select * from {{ ref("comparison_notes") }}),
    committee_names as (select * from {{ ref("int_committee_names") }}),

    reported_values as (
        select
            members.comparison_code,
            members.measure_code,
            members.activity_code,
            series.municipality_code,
            series.municipality,
            series.committee,
            series.fiscal_year,
            series.period_basis,
            series.period_end,
            series.value_kind,
            series.gender,
            cast(series.value as decimal(18, 2)) as value,
            'report' as source,
            members.comparability,
            members.comparability_note,
            series.figure_id,
            [series.figure_id] as input_figure_ids
        from series
        inner join
            members
            on series.subject_code = members.measure_code
            and series.activity_code = members.activity_code
            and {{ any_or("members.municipality_code", "series.municipality_code") }}
        inner join
            comparisons on members.comparison_code = comparisons.comparison_code and comparisons.value_source = 'report'
        where
            series.subject_kind = 'measure'
            and series.value_kind in ('outcome', 'forecast')
            -- A converted measure is compared only as converted.
            and not coalesce(members.is_converted, false)
    ),

    derived_values as (
        select
            derived.comparison_code,
            coalesce(members.measure_code, derived.comparison_code) as measure_code,
            'total' as activity_code,
            derived.municipality_code,
            derived.municipality,
            derived.committee,
            derived.fiscal_year,
            derived.period_basis,
            derived.period_end,
            derived.value_kind,
            'T' as gender,
            derived.value,
            derived.value_reason,
            'derived' as source,
            members.comparability,
            members.comparability_note,
            derived.input_figure_ids
        from derived
        inner join
            members
            on derived.comparison_code = members.comparison_code
            and {{ any_or("members.municipality_code", "derived.municipality_code") }}
    ),

    per_inhabitant_values as (
        select
            comparison_code,
            measure_code,
            activity_code,
            municipality_code,
            municipality,
            committee,
            fiscal_year,
            period_basis,
            period_end,
            value_kind,
            gender,
            value,
            'derived' as source,
            comparability,
            comparability_note,
            input_figure_ids,
            input_kpi_id,
            input_kpi_year,
            input_kpi_value,
            denominator_label,
            denominator_date
        from per_inhabitant
    ),

    together as (
        select *
        from reported_values
        union all by name
        select *
        from derived_values
        union all by name
        select *
        from per_inhabitant_values
    ),

    -- Only committees that do the same kind of work meet. One whose kind is not known meets nobody; an issuer that is
    -- not a committee meets its likes.
    kinds as (
        select
            together.*,
            committee_names.committee_kind,
            case
                when together.committee <> ''
                then coalesce(committee_names.committee_kind, together.municipality_code || ' ' || together.committee)
                else 'no committee'
            end as like_kind,
            together.municipality || ': ' || notes.note as committee_note
        from together
        left join
            committee_names
            on together.municipality_code = committee_names.municipality_code
            and together.committee = committee_names.printed_name
        left join
            notes
            on together.comparison_code = notes.comparison_code
            and together.municipality_code = notes.municipality_code
            and {{ label_key("together.committee") }} = {{ label_key("notes.committee") }}
    ),

    {% set question %}
        kinds.comparison_code,
        kinds.like_kind,
        kinds.fiscal_year,
        kinds.period_basis,
        kinds.period_end,
        kinds.value_kind,
        kinds.gender
    {% endset %}

    counted as (
        select
            kinds.*,
            comparisons.comparison_label,
            comparisons.unit,
            comparisons.better_when,
            coalesce(bool_or(kinds.comparability = 'caution') over same_question, false) as has_caution,
            -- A value that is missing for a reason is not compared.
            count(distinct kinds.municipality_code) filter (where kinds.value is not null) over same_question
            as municipalities_compared,
            count(kinds.value) over same_question as committees_compared,
            list_sort(list_distinct(list(kinds.committee_note) over same_question)) as committee_notes,
            min(kinds.value) over same_question as lowest_value,
            {{ median_of_decimals("kinds.value", 2, "same_question") }} as median_of_compared,
            max(kinds.value) over same_question as highest_value,
            rank() over (
                partition by {{ question }}, kinds.value is null
                order by case when comparisons.better_when = 'lower' then kinds.value else - kinds.value end
            ) as place,
            case when kinds.period_basis = 'full_year' then 'year_end' else 'to_date' end as answer_to,
            -- The outcome once there is one, before that the forecast; of figures to date those of the latest day.
            row_number() over (
                partition by
                    kinds.comparison_code,
                    kinds.municipality_code,
                    kinds.committee,
                    kinds.fiscal_year,
                    kinds.period_basis,
                    kinds.gender
                order by
                    kinds.value_kind = 'outcome' desc, kinds.period_end desc, kinds.measure_code, kinds.activity_code
            )
            = 1 as is_current
        from kinds
        inner join comparisons on kinds.comparison_code = comparisons.comparison_code
        window same_question as (partition by {{ question }})
    ),

    -- A rank or a median is given only where it says something; otherwise the first reason that applies.
    labelled as (
        select
            *,
            case
                when value is null
                then 'no_value'
                when municipalities_compared = 1
                then 'alone'
                when has_caution
                then 'caution'
                when committees_compared > municipalities_compared
                then 'several_committees'
                when municipalities_compared < 3
                then 'too_few'
                when better_when = 'neither'
                then 'neither_is_better'
            end as no_rank_reason,
            municipalities_compared >= 4
            and not has_caution
            and committees_compared = municipalities_compared as has_median
        from counted
    ),

    sources as (
        select
            figures.figure_id,
            {{
                source_ref(
                    "figures.municipality",
                    "documents.document_title",
                    "figures.section",
                    "figures.table_title",
                    "figures.row_label",
                )
            }} as source_ref
        from figures
        inner join documents on figures.document_id = documents.document_id
    )

select
    labelled.comparison_code,
    labelled.measure_code,
    labelled.comparison_label as measure_label,
    labelled.activity_code,
    {{ activity_label("labelled.activity_code") }} as activity_label,
    labelled.unit,
    {{ wording_sv("'unit'", "labelled.unit") }} as unit_sv,
    labelled.better_when,
    {{ wording_sv("'better_when'", "labelled.better_when") }} as better_when_sv,
    labelled.fiscal_year,
    labelled.period_basis,
    {{ wording_sv("'period_basis'", "labelled.period_basis") }} as period_basis_sv,
    labelled.period_end,
    labelled.value_kind,
    {{ wording_sv("'value_kind'", "labelled.value_kind") }} as value_kind_sv,
    labelled.gender,
    {{ wording_sv("'gender'", "labelled.gender") }} as gender_sv,
    labelled.municipality_code,
    labelled.municipality,
    labelled.committee,
    {{ committee_id("labelled.municipality_code", "labelled.committee") }} as committee_id,
    labelled.committee_kind,
    {{ wording_sv("'committee_kind'", "labelled.committee_kind") }} as committee_kind_sv,
    labelled.answer_to,
    {{ wording_sv("'answer_to'", "labelled.answer_to") }} as answer_to_sv,
    labelled.is_current,
    cast(labelled.value as decimal(18, 4)) as value,
    labelled.value_reason,
    {{ wording_sv("'value_reason'", "labelled.value_reason") }} as value_reason_sv,
    case when labelled.no_rank_reason is null then cast(labelled.place as integer) end as rank,
    labelled.no_rank_reason,
    {{ wording_sv("'no_rank_reason'", "labelled.no_rank_reason") }} as no_rank_reason_sv,
    cast(labelled.municipalities_compared as integer) as municipalities_compared,
    cast(
        case when labelled.municipalities_compared > 1 then labelled.lowest_value end as decimal(18, 4)
    ) as lowest_value,
    cast(case when labelled.has_median then labelled.median_of_compared end as decimal(18, 4)) as median_of_compared,
    cast(
        case when labelled.municipalities_compared > 1 then labelled.highest_value end as decimal(18, 4)
    ) as highest_value,
    case
        when labelled.has_median then cast(labelled.value - labelled.median_of_compared as decimal(18, 4))
    end as difference_to_median,
    labelled.source,
    {{ wording_sv("'figure_origin'", "labelled.source") }} as source_sv,
    labelled.comparability,
    {{ wording_sv("'comparability'", "labelled.comparability") }} as comparability_sv,
    nullif(
        concat_ws('; ', labelled.comparability_note, nullif(array_to_string(labelled.committee_notes, '; '), '')), ''
    ) as comparability_note,
    labelled.figure_id,
    labelled.input_figure_ids,
    labelled.input_kpi_id,
    labelled.input_kpi_year,
    labelled.input_kpi_value,
    labelled.denominator_label,
    labelled.denominator_date,
    case
        when labelled.input_kpi_id is not null
        then
            'Beräknat ur '
            || coalesce(sources.source_ref, 'rapporten')
            || ' och '
            || coalesce(labelled.denominator_label, 'folkmängden')
            || ', 31 december '
            || labelled.input_kpi_year
            || ' (Källa: Kolada, '
            || labelled.input_kpi_id
            || ')'
        when labelled.source = 'derived'
        then
            'Beräknat ur '
            || len(labelled.input_figure_ids)
            || case when len(labelled.input_figure_ids) = 1 then ' tryckt tal' else ' tryckta tal' end
            || coalesce(', bland annat ' || sources.source_ref, '')
        else sources.source_ref
    end as source_ref,
    {{
        answer_row_id(
            [
                "labelled.comparison_code",
                "labelled.measure_code",
                "labelled.activity_code",
                "labelled.period_basis",
                "labelled.period_end",
                "labelled.value_kind",
                "labelled.gender",
                "labelled.municipality_code",
                "labelled.committee",
            ]
        )
    }} as row_id
from labelled
left join sources on coalesce(labelled.figure_id, labelled.input_figure_ids[1]) = sources.figure_id
