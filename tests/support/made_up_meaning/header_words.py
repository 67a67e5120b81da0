"""What Swedish reports print above columns of amounts, by what the column holds.

``{y}`` is the report's year, ``{p}`` the year before and ``{n}`` the next one; ``{m}`` the month's number, ``{mon}``
and ``{month}`` its name, ``{pmon}`` the month before, ``{d}`` its last day, ``{t}`` the four-month period that it ends.
"""

from enum import StrEnum


class Slot(StrEnum):
    """What a column holds."""

    OUTCOME_PERIOD = "outcome, period"
    OUTCOME_MONTH = "outcome, month alone"
    OUTCOME_FULL = "outcome, full year"
    ROLLING = "rolling 12"
    BUDGET = "budget, full year"
    BUDGET_ORIGINAL = "budget, original"
    BUDGET_REVISED = "budget, revised"
    BUDGET_CHANGE = "budget change"
    BUDGET_PERIOD = "budget, period"
    FORECAST = "forecast"
    PREVIOUS_FORECAST = "previous forecast"
    LAST_YEAR_PERIOD = "last year, same period"
    LAST_YEAR_FULL = "last year, full"
    DEVIATION = "deviation"
    CHANGE = "change"
    PERCENT = "percent"
    PLAN = "plan"
    NOT_FIGURES = "not figures"


WORDS: dict[Slot, tuple[str, ...]] = {
    Slot.OUTCOME_PERIOD: (
        *("Utfall", "Utf", "Utf.", "Redovisat", "Redovisning", "Redov.", "Bokf", "Bokfört", "Verkligt utfall"),
        *("Periodutfall", "Periodens utfall", "Utfall period", "Ack utfall", "Ack. utfall", "Utfall ack"),
        *("Ackumulerat utfall", "Utfall jan–{mon}", "Jan–{mon} {y}", "t.o.m. {month}", "Utfall tom {month}"),
        *("{yy}{m}", "{y}{m}", "{y}-{m}", "T{t}", "Tertial {t}", "Delår {t}", "Delårsbokslut {y}"),
        *("Per {d}/{mm}", "Utfall {d} {mon} {y}", "Utfall {y}"),
    ),
    Slot.OUTCOME_MONTH: ("Månadens utfall", "Utfall månad", "Månadsutfall"),
    Slot.OUTCOME_FULL: (
        *("Bokslut {y}", "Bokslut", "Årsbokslut {y}", "Årsutfall", "Helårsutfall", "Utfall helår", "Helår {y}"),
        *("Utfall", "Utfall {y}", "Redovisat {y}", "Redovisning {y}", "Verkligt utfall", "{y}"),
    ),
    Slot.ROLLING: ("R12", "Rullande 12", "Rullande 12 mån", "Senaste 12 mån", "Utfall R12"),
    Slot.BUDGET: (
        *("Budget {y}", "Budget", "Bud", "Bud.", "Årsbudget", "Helårsbudget", "Budget helår", "Beslutad budget"),
        *("Fastställd budget", "Nettobudget", "Internbudget", "Anslag", "Ram", "Tilldelade medel"),
    ),
    Slot.BUDGET_ORIGINAL: ("Ursprunglig budget", "Ursprunglig budget {y}", "Budget {y}"),
    Slot.BUDGET_REVISED: (
        *("Reviderad budget", "Rev. budget", "Justerad budget", "Aktuell budget", "Slutlig budget", "Gällande budget"),
        *("Budget inkl. tilläggsbudget", "Total budget", "Budget efter omfördelning"),
    ),
    Slot.BUDGET_CHANGE: (
        *("Tilläggsbudget", "Tilläggsanslag", "Ombudgetering", "Omfördelning", "Kompletteringsbudget"),
        *("Anslagsförändring", "Justering"),
    ),
    Slot.BUDGET_PERIOD: (
        *("Periodbudget", "Periodens budget", "Budget period", "Budget perioden", "Budget ack", "Ack budget"),
        *("Budget jan–{mon}", "Bud t.o.m. {mon}", "Periodiserad budget", "Bud ack"),
    ),
    Slot.FORECAST: (
        *("Prognos", "Prognos {y}", "Progn", "Progn.", "Prog.", "P{t}", "Helårsprognos", "Årsprognos"),
        *("Bokslutsprognos", "Prognos helår", "Helårsbedömning", "Bedömt utfall", "Förväntat utfall"),
        *("Utfall/prognos", "Prognos {mon}"),
    ),
    Slot.PREVIOUS_FORECAST: (
        *("Föregående prognos", "Föreg. prognos", "Fg prognos", "Förra prognosen", "Prognos {pmon}"),
    ),
    Slot.LAST_YEAR_PERIOD: (
        *("Utfall fg år", "Fg år", "Föreg. år", "Föregående år", "Ack fg år", "Samma period fg år"),
        *("Motsvarande period fg år", "Utfall jan–{mon} {p}", "Delårsbokslut {p}", "Utfall {d}/{mm} {p}"),
    ),
    Slot.LAST_YEAR_FULL: ("Bokslut {p}", "Årsbokslut {p}", "Bokslut fg år", "Helår fg år", "Helår {p}", "Utfall {p}"),
    Slot.DEVIATION: (
        *("Avvikelse", "Avv", "Avv.", "Budgetavvikelse", "Budgetavv", "Budgetavv.", "Bud.avv", "Avvikelse budget"),
        *("Avvikelse mot budget", "Nettoavvikelse", "Diff mot budget", "Differens mot budget", "Över-/underskott"),
        *("+/-", "Resultat mot budget"),
    ),
    Slot.CHANGE: (
        *("Förändring", "Förändr.", "Diff", "Differens", "Utveckling", "Ökning/minskning", "Jmf fg år"),
        *("Förändring mot fg år",),
    ),
    Slot.PERCENT: (
        *("Förbrukat", "Förbrukning %", "Förbr.", "% av budget", "Utfall %", "Utfall i % av budget", "Andel"),
        *("Index",),
    ),
    Slot.PLAN: ("Plan {n}", "Flerårsplan {n}", "VEP {n}", "Verksamhetsplan {n}", "Budget {n}"),
    Slot.NOT_FIGURES: ("Not", "Not.", "Ansvarig", "Projektnr", "Prio"),
}

# Words for a deviation that also say what it is the deviation of.
FORECAST_DEVIATIONS = ("Prognosavvikelse", "Avv. prognos/budget", "Avvikelse prognos")
PERIOD_DEVIATIONS = ("Ack avvikelse", "Avvikelse period", "Periodavvikelse")
COMPARED_LESS_BUDGET = {"outcome": ("Utfall - budget", "Utfall–budget"), "forecast": ("Prognos - budget",)}
BUDGET_LESS_COMPARED = {
    "outcome": ("Budget - utfall", "Budget–utfall", "Återstår", "Kvar av budget"),
    "forecast": ("Budget - prognos", "Återstår"),
}
# The inner columns of a year or kind, whose name is then in the outer header.
COMPONENTS = (("Intäkter", "Kostnader", "Netto"), ("Intäkt", "Kostnad", "Netto"))
