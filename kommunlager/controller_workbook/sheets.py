"""The queries of the sheets: each one's question, columns under Swedish headings, rows and their order."""

from dataclasses import dataclass

from kommunlager.swedish import ASSUMED_DIRECTION, sql_marks, sql_marks_of_figures

_SOURCE = (
    "concat_ws(' · ', document.municipality || ', ' || document.document_title, figure.section,"
    " nullif(figure.table_title, figure.section), figure.row_label)"
)
# The figures of a deviation, whose assumptions are shown; of a derived one the first printed figure.
_COMPARED_JOINS = """
    left join marts.reported_figures as compared
        on compared.figure_id = coalesce(mart.compared_figure_id, mart.input_figure_ids[1])
    left join marts.reported_figures as budget on budget.figure_id = mart.budget_figure_id
"""
# A figure derived from several printed ones is shown at the first of them.
_SOURCE_JOINS = """
    left join marts.reported_figures as figure on figure.figure_id = coalesce(mart.figure_id, mart.input_figure_ids[1])
    left join marts.documents as document on document.document_id = figure.document_id
"""
_ASSUMED = "Antaget"
_GENDER = "case mart.gender when 'K' then 'Kvinnor' when 'M' then 'Män' else 'Totalt' end"


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``columns`` maps a Swedish heading to a column of ``mart`` or to an SQL expression on it.

    ``selection`` describes the rows that are shown. ``judged`` is the heading whose words are also coloured.
    """

    name: str
    question: str
    mart: str
    columns: dict[str, str]
    order: str
    selection: str = "Alla rader."
    where: str = "true"
    joins: str = ""
    judged: str = ""

    @property
    def query(self) -> str:
        """The rows, under their headings."""
        columns = ", ".join(f'{expression} as "{heading}"' for heading, expression in self.columns.items())
        return f"select {columns} from marts.{self.mart} as mart {self.joins} where {self.where} order by {self.order}"


DEVIATIONS = Sheet(
    name="Avvikelse mot budget",
    question="Hur stora är avvikelserna mot budget, och var finns de?",
    mart="budget_deviations",
    columns={
        "Kommun": "mart.municipality",
        "Nämnd": "mart.committee",
        "År": "mart.fiscal_year",
        "Avser": "mart.answer_to_sv",
        "Jämförelse": "mart.comparison_sv",
        "Period": "mart.period_label",
        "Uppdelning": "mart.breakdown_sv",
        "Post": "mart.line_label",
        "Rad i rapporten": "mart.row_label",
        "Budget, tkr": "mart.budget_tkr",
        "Utfall eller prognos, tkr": "mart.compared_tkr",
        "Avvikelse, tkr": "mart.deviation_tkr",
        "Avvikelse, procent": "mart.deviation_pct",
        "Bedömning": "mart.deviation_sv",
        "Avvikelse mot ursprunglig budget, tkr": "mart.deviation_against_original_tkr",
        "Avvikelse enligt föregående prognos, tkr": "mart.deviation_previous_forecast_tkr",
        "Osäkert i prognosen": "mart.forecast_doubt_sv",
        "Nettokostnad": "mart.is_headline",
        "Ingår i summan": "mart.is_addable",
        "Stämmer med rapportens avvikelse": "mart.agrees_with_print",
        _ASSUMED: sql_marks_of_figures("compared", "budget"),
        "Källa": "mart.source_ref",
    },
    joins=_COMPARED_JOINS,
    where="mart.is_current",
    selection="Det som gäller nu: för helåret utfallet eller, innan det finns, senaste prognosen; för perioden de"
    " senaste uppgifterna. Nettokostnaden först, sedan största underskott.",
    order="mart.as_of_date desc, mart.municipality, mart.comparison, mart.is_headline desc, mart.deviation_tkr",
    judged="Bedömning",
)
FOLLOW_UP = Sheet(
    name="Uppföljning",
    question="Hur mycket är förbrukat, och vilken takt kräver prognosen?",
    mart="budget_follow_up",
    columns={
        "Kommun": "mart.municipality",
        "År": "mart.fiscal_year",
        "Post": "mart.line_label",
        "Rad i rapporten": "mart.row_label",
        "Månader": "mart.months_elapsed",
        "Budget, tkr": "mart.budget_tkr",
        "Periodbudget, tkr": "mart.period_budget_tkr",
        "Utfall hittills, tkr": "mart.outcome_to_date_tkr",
        "Samma period föregående år, tkr": "mart.same_period_last_year_tkr",
        "Prognos helår, tkr": "mart.forecast_tkr",
        "Avvikelse, tkr": "mart.deviation_tkr",
        "Återstår av prognosens avvikelse, tkr": "mart.remaining_forecast_tkr",
        "Helår i samma takt, tkr": "mart.linear_forecast_tkr",
        "Osäkert i prognosen": "mart.forecast_doubt_sv",
        "Förbrukat av budget, procent": "mart.budget_used_pct",
        "Förändring mot föregående år, procent": "mart.change_since_last_year_pct",
        "Förändrad månadstakt för att nå prognosen, procent": "mart.implied_rest_of_year_change_pct",
        "Källa": "mart.source_ref",
    },
    where="mart.is_current",
    selection="Senaste rapporten om varje år.",
    order="mart.fiscal_year desc, mart.municipality, mart.is_headline desc, mart.line_label, mart.row_label",
)
CHANGES = Sheet(
    name="Förändring mot föregående år",
    question="Vad har förändrats sedan föregående år?",
    mart="year_over_year_changes",
    columns={
        "Kommun": "mart.municipality",
        "Post eller mått": "mart.subject_label",
        "Slag": "figure.value_kind_sv",
        "Period": "mart.period_label",
        "Kön": _GENDER,
        "Enhet": "mart.unit",
        "Värde": "mart.value",
        "Föregående år": "mart.previous_value",
        "Förändring": "mart.change",
        "Förändring, procent": "mart.growth_pct",
        "Riktning": "mart.direction_sv",
        "Jämförbarhet": "mart.comparability_sv",
        "Anmärkning": "mart.comparability_note",
        _ASSUMED: sql_marks_of_figures("figure"),
        "Källa": _SOURCE,
    },
    joins=_SOURCE_JOINS,
    selection="Senast redovisade uppgift som har ett jämförelsetal. Procenttalens förändring anges i procentenheter.",
    order="mart.fiscal_year desc, mart.municipality, mart.subject_kind, mart.subject_label, mart.period_end desc",
    judged="Riktning",
)
GOALS = Sheet(
    name="Mål",
    question="Vilka mål nås, och hur långt är det kvar till de övriga?",
    mart="goal_fulfilment",
    columns={
        "Kommun": "mart.municipality",
        "Målår": "mart.target_year",
        "Slag": "mart.goal_kind_sv",
        "Mål": "mart.goal_label",
        "Indikator": "mart.indicator_label",
        "Kön": _GENDER,
        "Målvärde enligt rapporten": "mart.target_text",
        "Värde": "mart.value",
        "Enhet": "mart.unit",
        "Till och med": "mart.value_period_end",
        "Avstånd till målet": "mart.distance_to_target",
        "Status": "mart.status_sv",
        "Varför det inte kan bedömas": "mart.status_reason_sv",
        "Årets slut i nuvarande takt": "mart.value_at_same_pace",
        "Prognos lika med målet": "mart.forecast_equals_target",
        "Nämndens bedömning": "mart.printed_assessment",
        "Steg på skalan": "mart.scale_position || ' av ' || mart.scale_steps",
        "Värde i målets rapport": "mart.document_value",
        "Första målvärdet": "mart.first_target_text",
        _ASSUMED: sql_marks(ASSUMED_DIRECTION.sql_mark("mart")),
        "Källa": "mart.source_ref",
    },
    where="mart.is_current",
    selection=(
        "Senaste målet för varje indikator och år, bedömt efter årets utfall eller den senaste prognosen."
        " Minus betyder att målet inte nås, även när lägre är bättre."
    ),
    order="mart.target_year desc, mart.municipality, mart.status = 'met', mart.distance_pct, mart.indicator_label",
    judged="Status",
)
COMPARISONS = Sheet(
    name="Jämförelse",
    question="Hur ligger kommunerna till jämfört med varandra?",
    mart="municipality_comparisons",
    columns={
        "Mått": "mart.measure_label",
        "År": "mart.fiscal_year",
        "Period": "mart.period_basis_sv",
        "Slag": "mart.value_kind_sv",
        "Kön": _GENDER,
        "Kommun": "mart.municipality",
        "Nämnd": "mart.committee",
        "Verksamhet": "mart.committee_kind_sv",
        "Värde": "mart.value",
        "Enhet": "mart.unit",
        "Rang": "mart.rank",
        "Varför ingen rang": "coalesce(mart.value_reason_sv, mart.no_rank_reason_sv)",
        "Kommuner": "mart.municipalities_compared",
        "Median": "mart.median_of_compared",
        "Avstånd till medianen": "mart.difference_to_median",
        "Jämförbarhet": "mart.comparability_sv",
        "Att tänka på": "mart.comparability_note",
        "Källa": "mart.source_ref",
    },
    where="mart.is_current",
    selection="Rang kräver tre kommuner, median fyra, med jämförbara tal från nämnder med samma slags verksamhet."
    " Där Kommuner är 1 är talet ingen jämförelse.",
    order="mart.measure_label, mart.fiscal_year desc, mart.period_basis, mart.value_kind, mart.gender desc,"
    " mart.committee_kind_sv, mart.municipality, mart.committee",
    judged="Jämförbarhet",
)
KEY_FIGURES = Sheet(
    name="Nyckeltal",
    question="Vad säger nyckeltalen?",
    mart="key_figures",
    columns={
        "Nyckeltal": "mart.kpi_title",
        "Id": "mart.kpi_id",
        "Kommun": "mart.municipality",
        "År": "mart.year",
        "Kön": _GENDER,
        "Värde": "mart.value",
        "Enhet": "mart.unit",
        "Preliminärt eller fastställt": "mart.is_preliminary_sv",
        "Källa": "mart.source_ref",
    },
    where="mart.municipality_code in (select municipality_code from marts.documents) and mart.is_mapped",
    selection="Granskade nyckeltal för kommuner som har en rapport här. Övriga finns i databasen, mart key_figures.",
    order="mart.kpi_title, mart.municipality, mart.year desc, mart.gender desc",
)
FINDINGS = Sheet(
    name="Granskning",
    question="Vilka uppgifter i rapporterna är fel eller behöver granskas?",
    mart="audit_findings",
    columns={
        "Kommun": "mart.municipality",
        "Nämnd": "mart.committee",
        "Rapport": "document.document_title",
        "Allvar": "mart.severity_sv",
        "Läge": "case mart.status when 'corrected' then 'Rättat' else 'Öppet' end",
        "Tabell": "mart.table_title",
        "Rad": "mart.row_label",
        "Kolumn": "mart.column_header",
        "Enligt rapporten": "mart.printed_text",
        "Enligt kontrollräkningen": "mart.computed_value",
        "Vad som är fel": "mart.message_sv",
        "Avsnitt": "mart.section",
    },
    joins="left join marts.documents as document on document.document_id = mart.document_id",
    order="list_position(['error', 'needs_a_look', 'unmapped', 'rounding'], mart.severity), mart.status desc,"
    " mart.municipality, mart.document_id, mart.table_no, mart.row_no, mart.col_no",
    judged="Allvar",
)
RESTATEMENTS = Sheet(
    name="Ändrat i efterhand",
    question="Vilka uppgifter har ändrats i en senare rapport?",
    mart="restatements",
    columns={
        "Kommun": "mart.municipality",
        "Post eller mått": "mart.subject_label",
        "Slag": "mart.value_kind_sv",
        "Period": "mart.period_label",
        "Först redovisat": "mart.first_value",
        "Senare redovisat": "mart.later_value",
        "Skillnad": "mart.difference",
        "Enhet": "mart.unit",
        "Förklaring": "mart.explanation",
        "Källa": "mart.source_ref",
    },
    order="mart.municipality, mart.subject_label, mart.period_end",
)
BUDGET_CHANGES = Sheet(
    name="Ändrad budget",
    question="Vilka budgetar har ändrats, och hur?",
    mart="budget_changes",
    columns={
        "Kommun": "mart.municipality",
        "Nämnd": "mart.committee",
        "År": "mart.fiscal_year",
        "Uppdelning": "mart.breakdown_sv",
        "Post": "mart.line_label",
        "Rad i rapporten": "mart.row_label",
        "Först, tkr": "mart.first_budget_tkr",
        "Senare, tkr": "mart.later_budget_tkr",
        "Ändring, tkr": "mart.change_tkr",
        "Slag": "mart.change_kind_sv",
        "Beslut": "mart.decided_on",
        "Förklaring": "mart.explanation",
        "Ingår i summan": "mart.is_addable",
        "Källa": "mart.source_ref",
    },
    order="mart.fiscal_year desc, mart.municipality, mart.is_addable, mart.line_label, mart.row_label",
)
FORECASTS = Sheet(
    name="Prognossäkerhet",
    question="Hur väl höll prognoserna?",
    mart="forecast_accuracy",
    columns={
        "Kommun": "mart.municipality",
        "Post eller mått": "mart.subject_label",
        "År": "mart.fiscal_year",
        "Prognos": "mart.forecast_value",
        "Utfall": "mart.outcome_value",
        "Prognosavvikelse": "mart.forecast_error",
        "Prognosavvikelse, procent": "mart.forecast_error_pct",
        "Enhet": "mart.unit",
        "Månader i förväg": "mart.months_ahead",
        "Bedömning": "mart.direction_sv",
        "Anmärkning": "mart.comparability_note",
        "Källa": "mart.source_ref",
    },
    selection="Prognosavvikelse = utfall minus prognos.",
    order="mart.municipality, mart.subject_kind, mart.subject_label, mart.fiscal_year desc",
)
DOCUMENTS = Sheet(
    name="Rapporter",
    question="Vilka rapporter bygger svaren på?",
    mart="documents",
    columns={
        "Kommun": "mart.municipality",
        "Nämnd": "mart.committee",
        "Rapport": "mart.document_title",
        "Uppgifter till och med": "mart.information_date",
        "Tabeller": "mart.table_count",
        "Tal": "mart.figure_count",
        "Hämtad från": "mart.document_source",
        "Åsidosatt på grund av": "mart.set_aside_reason",
    },
    order="mart.information_date desc, mart.municipality",
)

SHEETS = (
    DEVIATIONS,
    FOLLOW_UP,
    CHANGES,
    GOALS,
    COMPARISONS,
    KEY_FIGURES,
    FINDINGS,
    RESTATEMENTS,
    BUDGET_CHANGES,
    FORECASTS,
    DOCUMENTS,
)
