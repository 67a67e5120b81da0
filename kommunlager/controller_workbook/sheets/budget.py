"""The sheets about budgets: each holds rows that may be added up, and one holds what is left."""

from dataclasses import replace

from kommunlager.controller_workbook.sheets.lines import (
    HEADLINE,
    KIND_OF_BUDGET,
    is_whole,
    kind_of_line,
    level,
    lines_join,
)
from kommunlager.controller_workbook.sheets.sheet import (
    FIRST_FIGURE_JOIN,
    Computed,
    Sheet,
    Topic,
)
from kommunlager.swedish import sql_marks_of_figures

# The figures of a deviation, whose assumptions are shown; of a derived one the first printed figure.
_COMPARED_JOINS = f"""
    {FIRST_FIGURE_JOIN}
    left join marts.reported_figures as compared
        on compared.figure_id = coalesce(mart.compared_figure_id, first_figure.figure_id)
    left join marts.reported_figures as budget on budget.figure_id = mart.budget_figure_id
"""
_ASSUMED = Computed(
    "Antaget",
    sql_marks_of_figures("compared", "budget"),
    "Vad raden bygger på som rapporten inte anger, till exempel tabellens enhet. Tomt när inget är antaget.",
)
_DEVIATION_DETAILS: tuple[str | Computed, ...] = (
    "agrees_with_print",
    "budget_version_sv",
    "deviation_against_original_tkr",
    "deviation_previous_forecast_tkr",
    "deviation_pct_of_net_budget",
    "deviation_last_year_tkr",
    HEADLINE,
    "is_addable",
    "document_id",
    "budget_figure_id",
    "compared_figure_id",
    "deviation_figure_id",
)
_IS_WHOLE = "(mart.is_headline and mart.answer_to = 'year_end' and mart.subject_scope = 'committee')"
_ORDER = "mart.fiscal_year desc, mart.municipality, mart.committee"


def _is_part(breakdown: str) -> str:
    return (
        f"(mart.is_addable and not mart.is_headline and mart.answer_to = 'year_end'"
        f" and mart.subject_scope = 'committee' and mart.breakdown = '{breakdown}')"
    )


WHOLE = Sheet(
    name="Budget nämnder",
    topic=Topic.BUDGET,
    question="Hur står sig nämnderna mot budget?",
    mart="budget_deviations",
    columns=(
        KIND_OF_BUDGET,
        "municipality",
        "committee",
        "fiscal_year",
        "line_label",
        "comparison_sv",
        "budget_tkr",
        "compared_tkr",
        "deviation_tkr",
        "deviation_pct",
        "deviation_sv",
        "forecast_doubt_sv",
        _ASSUMED,
    ),
    details=("source_ref", "as_of_date", *_DEVIATION_DETAILS),
    joins=_COMPARED_JOINS,
    where=f"mart.is_current and {_IS_WHOLE}",
    note="En rad för hela nämnden och år: utfallet eller, innan det finns, senaste prognosen för helåret. Post säger om"
    " den är nettokostnad, resultat eller summa; summera bara samma slag.",
    order=f"mart.breakdown = 'investment', {_ORDER}",
    judged="deviation_sv",
)
_PARTS = replace(
    WHOLE,
    columns=(
        "municipality",
        "committee",
        "fiscal_year",
        "comparison_sv",
        "activity_label",
        "line_label",
        "row_label",
        "budget_tkr",
        "compared_tkr",
        "deviation_tkr",
        "deviation_pct",
        "deviation_sv",
        _ASSUMED,
    ),
    order=f"{_ORDER}, mart.deviation_tkr, mart.line_label, mart.row_label",
)
ACTIVITIES = replace(
    _PARTS,
    name="Budget verksamheter",
    question="Vilka verksamheter avviker från budget?",
    where=f"mart.is_current and {_is_part('activity')}",
    note="Verksamheterna summerar till nämndens nettokostnad för helåret. Delverksamheter finns på Övriga budgetrader.",
)
COST_TYPES = replace(
    _PARTS,
    name="Budget kostnadsslag",
    question="Vilka intäkter och kostnader avviker från budget?",
    where=f"mart.is_current and {_is_part('cost_type')}",
    note="Intäkter och kostnader summerar till nämndens nettokostnad för helåret.",
)
INVESTMENTS = replace(
    _PARTS,
    name="Budget investeringar",
    question="Vilka investeringar avviker från budget?",
    where=f"mart.is_current and {_is_part('investment')}",
    note="Raderna summerar till nämndens investeringar för helåret. Lägre utgifter än budget kan bero på förseningar.",
)
OTHER_LINES = replace(
    _PARTS,
    name="Övriga budgetrader",
    question="Vad är summor, delar av andra rader, periodens avvikelser eller hela kommunens rader?",
    columns=("answer_to_sv", "breakdown_sv", *_PARTS.columns[:6], "sums_to_label", *_PARTS.columns[6:]),
    where=f"mart.is_current and not ({_IS_WHOLE} or "
    + " or ".join(map(_is_part, ("activity", "cost_type", "investment")))
    + ")",
    note="Ska inte summeras: raderna ingår i rader på andra blad, eller avser en annan period eller hela kommunen.",
    order=f"mart.answer_to, mart.breakdown, {_ORDER}, mart.line_label, mart.row_label, mart.comparison",
)
# A committee can have headlines of two reports on a year, its own and the municipality's.
_FOLLOW_UP_JOINS = lines_join("document_id", "line_code", "is_headline and is_current")
FOLLOW_UP = Sheet(
    name="Uppföljning nämnder",
    topic=Topic.BUDGET,
    question="Hur mycket är förbrukat, och vilken takt kräver prognosen?",
    mart="budget_follow_up",
    columns=(
        KIND_OF_BUDGET,
        "municipality",
        "committee",
        "fiscal_year",
        "line_label",
        "months_elapsed",
        "budget_tkr",
        "period_budget_tkr",
        "outcome_to_date_tkr",
        Computed(
            "Avvikelse hittills, tkr",
            "mart.outcome_to_date_tkr - mart.period_budget_tkr",
            "Utfallet hittills minus periodens budget. Plus är överskott. Tomt när periodens budget inte är känd.",
        ),
        "same_period_last_year_tkr",
        "forecast_tkr",
        "deviation_tkr",
        "remaining_forecast_tkr",
        "budget_used_pct",
        "change_since_last_year_pct",
        "implied_rest_of_year_change_pct",
    ),
    details=(
        "source_ref",
        "linear_forecast_tkr",
        "seasonal_forecast_tkr",
        "previous_forecast_error_tkr",
        "forecast_doubt_sv",
        "deviation_against_original_tkr",
        "budget_version_sv",
        "document_id",
        "budget_figure_id",
        "period_budget_figure_id",
        "outcome_to_date_figure_id",
        "same_period_last_year_figure_id",
        "forecast_figure_id",
    ),
    joins=_FOLLOW_UP_JOINS,
    where=f"mart.is_current and {is_whole('line_code')}",
    note="En rad för hela nämnden och år, ur den senaste rapporten om året. Post säger om den är nettokostnad, resultat"
    " eller summa; summera bara samma slag.",
    order=f"mart.breakdown = 'investment', {_ORDER}",
)
FOLLOW_UP_OF_PARTS = replace(
    FOLLOW_UP,
    name="Uppföljning delar",
    question="Hur mycket är förbrukat i nämndernas delar?",
    columns=(
        level("line_code"),
        KIND_OF_BUDGET,
        "municipality",
        "committee",
        "fiscal_year",
        "months_elapsed",
        "activity_label",
        "line_label",
        "row_label",
        *FOLLOW_UP.columns[6:9],
        *FOLLOW_UP.columns[10:13],
        *FOLLOW_UP.columns[14:17],
    ),
    details=(*FOLLOW_UP.details, "remaining_forecast_tkr"),
    where=f"mart.is_current and not {is_whole('line_code')}",
    note="Summera bara inom en Nivå, och drift för sig. Övrig rad är en summa, en varav-rad eller del av en annan rad.",
    order=f"1, 2, {_ORDER}, mart.line_label, mart.row_label, mart.activity_code",
)
BUDGET_CHANGES = Sheet(
    name="Ändrad budget",
    topic=Topic.BUDGET,
    question="Vilka budgetar har ändrats, och hur?",
    mart="budget_changes",
    columns=(
        level("line_code", otherwise="case when mart.is_addable then mart.breakdown_sv else 'Övrig rad' end"),
        KIND_OF_BUDGET,
        "municipality",
        "committee",
        "fiscal_year",
        "activity_label",
        "line_label",
        "row_label",
        "first_budget_tkr",
        "later_budget_tkr",
        "change_tkr",
        "change_kind_sv",
        "decided_on",
        "explanation",
    ),
    details=(
        "source_ref",
        "is_addable",
        "first_document_id",
        "later_document_id",
        "first_figure_id",
        "later_figure_id",
    ),
    joins=lines_join("later_document_id", "line_code"),
    note="Minus i ändringen är en utökad ram. Summera bara inom en Nivå, och drift för sig.",
    order=f"1, 2, {_ORDER}, mart.line_label, mart.row_label",
)
FORECASTS = Sheet(
    name="Prognossäkerhet",
    topic=Topic.BUDGET,
    question="Hur väl höll prognoserna?",
    mart="forecast_accuracy",
    columns=(
        level("subject_code", otherwise="case mart.subject_kind when 'measure' then 'Mått' else 'Övrig rad' end"),
        kind_of_line("subject_code"),
        "municipality",
        "committee",
        "fiscal_year",
        "activity_label",
        "subject_label",
        "forecast_value",
        "outcome_value",
        "forecast_error",
        "forecast_error_pct",
        "error_unit",
        "months_ahead",
        "direction_sv",
        "comparability_note",
    ),
    details=("source_ref", "forecast_document_id", "outcome_document_id", "forecast_figure_id", "outcome_figure_id"),
    joins=lines_join("forecast_document_id", "subject_code"),
    note="Prognosavvikelse är utfall minus prognos. Summera bara inom en Nivå, drift för sig, och aldrig mått.",
    order=f"1, 2, {_ORDER}, mart.subject_label, mart.activity_code, mart.gender, mart.months_ahead,"
    " mart.forecast_document_id",
)

BUDGET_SHEETS = (
    WHOLE,
    ACTIVITIES,
    COST_TYPES,
    INVESTMENTS,
    OTHER_LINES,
    FOLLOW_UP,
    FOLLOW_UP_OF_PARTS,
    BUDGET_CHANGES,
    FORECASTS,
)
