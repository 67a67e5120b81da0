"""The sheets that set municipalities side by side, and Kolada's key figures."""

from kommunlager.controller_workbook.sheets.sheet import GENDER, Computed, Sheet, Topic

COMPARISONS = Sheet(
    name="Jämförelse",
    topic=Topic.COMPARISON,
    question="Hur ligger kommunerna till jämfört med varandra?",
    mart="municipality_comparisons",
    columns=(
        "measure_label",
        "fiscal_year",
        "period_basis_sv",
        "value_kind_sv",
        "gender_sv",
        "committee_kind_sv",
        "municipality",
        "committee",
        "activity_label",
        "value",
        "unit_sv",
        "rank",
        Computed(
            "Ingen rang därför att",
            "coalesce(mart.value_reason_sv, mart.no_rank_reason_sv)",
            "Varför värdet saknas eller inte rangordnas. Tomt när det finns en rang.",
        ),
        "municipalities_compared",
        "median_of_compared",
        "comparability_sv",
        "comparability_note",
    ),
    details=(
        "source_ref",
        "difference_to_median",
        "lowest_value",
        "highest_value",
        "denominator_label",
        "input_kpi_value",
        "figure_id",
    ),
    where="mart.is_current",
    note="Rang kräver tre kommuner, median fyra, med jämförbara tal från nämnder av samma slag. Ska inte summeras.",
    order="mart.measure_label, mart.fiscal_year desc, mart.period_basis, mart.value_kind, mart.gender desc,"
    " mart.committee_kind_sv, mart.municipality, mart.committee, mart.activity_code",
    judged="comparability_sv",
)
KEY_FIGURES = Sheet(
    name="Nyckeltal",
    topic=Topic.COMPARISON,
    question="Vad säger nyckeltalen?",
    mart="key_figures",
    columns=(
        "kpi_title",
        "municipality",
        "year",
        GENDER,
        "value",
        "unit",
        "is_preliminary_sv",
    ),
    details=("source_ref", "kpi_id", "municipality_code", "missing_reason_sv"),
    where="mart.municipality_code in (select municipality_code from marts.documents) and mart.is_mapped",
    note="Granskade nyckeltal för kommuner som har en rapport här. Övriga finns i databasen, tabellen key_figures.",
    order="mart.kpi_title, mart.municipality, mart.municipality_code, mart.year desc, mart.gender desc, mart.kpi_id",
    key="source",
)

COMPARISON_SHEETS = (COMPARISONS, KEY_FIGURES)
