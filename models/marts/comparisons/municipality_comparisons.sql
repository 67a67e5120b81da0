with
    series as (select * from {{ ref("series") }}),
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
            input_kpi_value
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

    labelled as (
        select
            kinds.*,
            comparisons.comparison_label,
            comparisons.unit,
            comparisons.better_when,
            bool_or(kinds.comparability = 'caution') over same_question as has_caution,
            count(distinct kinds.municipality_code) over same_question as municipalities_compared,
            count(*) over same_question as committees_compared,
            list_sort(list_distinct(list(kinds.committee_note) over same_question)) as committee_notes,
            min(kinds.value) over same_question as lowest_value,
            {{ median_of_decimals("kinds.value", 2, "same_question") }} as median_of_compared,
            max(kinds.value) over same_question as highest_value,
            rank() over (
                partition by {{ question }}
                order by case when comparisons.better_when = 'lower' then kinds.value else - kinds.value end
            ) as place
        from kinds
        inner join comparisons on kinds.comparison_code = comparisons.comparison_code
        window same_question as (partition by {{ question }})
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
    labelled.unit,
    labelled.better_when,
    labelled.fiscal_year,
    labelled.period_basis,
    {{ wording_sv("'period_basis'", "labelled.period_basis") }} as period_basis_sv,
    labelled.period_end,
    labelled.value_kind,
    {{ wording_sv("'value_kind'", "labelled.value_kind") }} as value_kind_sv,
    labelled.gender,
    labelled.municipality_code,
    labelled.municipality,
    labelled.committee,
    labelled.committee_kind,
    {{ wording_sv("'committee_kind'", "labelled.committee_kind") }} as committee_kind_sv,
    labelled.value,
    case
        when
            labelled.municipalities_compared >= 2
            -- Two committees of one municipality would have a rank each.
            and labelled.committees_compared = labelled.municipalities_compared
            and labelled.better_when in ('higher', 'lower')
            and not labelled.has_caution
        then cast(labelled.place as integer)
    end as rank,
    cast(labelled.municipalities_compared as integer) as municipalities_compared,
    labelled.lowest_value,
    labelled.median_of_compared,
    labelled.highest_value,
    cast(labelled.value - labelled.median_of_compared as decimal(18, 2)) as difference_to_median,
    labelled.source,
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
    case
        when labelled.input_kpi_id is not null
        then
            'Beräknat ur '
            || coalesce(sources.source_ref, 'rapporten')
            || ' och folkmängden 31 december '
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
    end as source_ref
from labelled
left join sources on coalesce(labelled.figure_id, labelled.input_figure_ids[1]) = sources.figure_id
