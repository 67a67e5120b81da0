with
    figures as (
        select *
        from {{ ref("int_subject_figures") }}
        -- A derived figure is not printed, so it can't be printed differently later.
        where value_kind = 'outcome' and not is_derived
    ),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    places as (select * from {{ ref("int_figures") }}),
    breaks as (select * from {{ ref("int_breaks") }}),

    -- Each printing beside the previous one of exactly the same figure: same subject, kind, basis and last day.
    paired as (
        select
            *,
            lag(document_id) over printings as first_document_id,
            lag(information_date) over printings as first_information_date,
            lag(value) over printings as first_value,
            lag(precision) over printings as first_precision,
            lag(figure_id) over printings as first_figure_id
        from figures
        window
            printings as (
                partition by
                    municipality_code,
                    committee,
                    subject_scope,
                    subject_kind,
                    subject_code,
                    activity_code,
                    gender,
                    unit,
                    value_kind,
                    period_basis,
                    period_end
                order by information_date, document_id
            )
    ),

    restated as (select * from paired where value <> first_value),

    -- A break between the information dates of the two documents.
    redefined as (
        select restated.figure_id, string_agg(distinct breaks.note, '; ' order by breaks.note) as note
        from restated
        inner join breaks on {{ is_about_figure("breaks", "restated") }}
        where breaks.valid_from > restated.first_information_date and breaks.valid_from <= restated.information_date
        group by restated.figure_id
    ),

    explained as (
        select
            restated.*,
            redefined.note,
            case
                -- Figures with the same number of decimals differ by at least one unit of the last; rounding explains
                -- only less.
                when abs(restated.value - restated.first_value) < restated.precision + restated.first_precision
                then 'rounding'
                when redefined.note is not null
                then 'definition_changed'
                else 'unexplained'
            end as explanation_kind
        from restated
        left join redefined on restated.figure_id = redefined.figure_id
    )

select
    explained.municipality_code,
    explained.municipality,
    explained.committee,
    {{ committee_id("explained.municipality_code", "explained.committee") }} as committee_id,
    explained.subject_scope,
    {{ wording_sv("'subject_scope'", "explained.subject_scope") }} as subject_scope_sv,
    explained.subject_kind,
    {{ wording_sv("'subject_kind'", "explained.subject_kind") }} as subject_kind_sv,
    explained.subject_code,
    explained.subject_label,
    case when explained.subject_kind = 'budget_line' then explained.subject_code end as line_code,
    case when explained.subject_kind = 'measure' then explained.subject_code end as measure_code,
    explained.activity_code,
    {{ activity_label("explained.activity_code") }} as activity_label,
    explained.gender,
    {{ wording_sv("'gender'", "explained.gender") }} as gender_sv,
    cast(year(explained.period_end) as integer) as fiscal_year,
    explained.period_basis,
    {{ wording_sv("'period_basis'", "explained.period_basis") }} as period_basis_sv,
    explained.period_end,
    {{ period_label("explained.period_start", "explained.period_end", "explained.period_basis") }} as period_label,
    explained.value_kind,
    {{ wording_sv("'value_kind'", "explained.value_kind") }} as value_kind_sv,
    explained.first_document_id,
    explained.first_value,
    explained.document_id as later_document_id,
    explained.value as later_value,
    cast(explained.value - explained.first_value as decimal(18, 4)) as difference,
    explained.unit,
    {{ wording_sv("'unit'", "explained.unit") }} as unit_sv,
    explained.explanation_kind,
    {{ wording_sv("'restatement_explanation'", "explained.explanation_kind") }} as explanation_kind_sv,
    {{ wording_sv("'restatement_explanation'", "explained.explanation_kind") }}
    || coalesce(': ' || explained.note, '') as explanation,
    explained.first_figure_id,
    explained.figure_id as later_figure_id,
    {{
        source_ref(
            "explained.municipality",
            "documents.document_title",
            "places.section",
            "places.table_title",
            "places.row_label",
        )
    }} as source_ref,
    explained.is_mapped,
    {{
        answer_row_id(
            [
                "explained.municipality_code",
                "explained.committee",
                "explained.subject_scope",
                "explained.subject_kind",
                "explained.subject_code",
                "explained.activity_code",
                "explained.gender",
                "explained.value_kind",
                "explained.period_basis",
                "explained.period_end",
                "explained.document_id",
            ]
        )
    }} as row_id
from explained
inner join documents on explained.document_id = documents.document_id
inner join places on explained.figure_id = places.figure_id
