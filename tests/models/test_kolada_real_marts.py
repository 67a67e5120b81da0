"""Real Kolada values, if they are beside the project, from an API to the marts: checked by hand, and recomputed."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from lxml import html

from kommunlager.site import build_site
from tests.support.installation import PROJECT, WITHOUT_SITE, TrialInstallation
from tests.support.kolada_contents import REAL, real_kolada, real_values
from tests.support.kolada_server import served
from tests.support.markdown_tables import as_markdown, query_after_a_sync

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason="real Kolada values are not beside the project"),
]

EVERYWHERE = ("N30005", "N01951", "U28129", "U28532", "U30450")
SELECTION = 'kpis = ["defined"]\nmunicipalities = ["all"]\nmunicipality_groups = ["G36587", "G33623"]\n'
SIMILAR = "kpi_id = 'N30005' and municipality_code = '1463' and group_id = 'G36587'"


@pytest.fixture(scope="module")
def kolada(tmp_path_factory: pytest.TempPathFactory) -> TrialInstallation:
    """The shipped reports, and Kolada's real values synchronised beside them."""
    work = tmp_path_factory.mktemp("real_kolada")
    installation = TrialInstallation(data=PROJECT / "data", work=work)
    (work / "selection.toml").write_text(SELECTION)
    with served(real_kolada(page_size=5000, everywhere=EVERYWHERE)) as base:
        sync = installation.kommunlager(
            "kolada", "sync", "--select", str(work / "selection.toml"), KOMMUNLAGER_KOLADA_URL=base
        )
    assert sync.returncode == 0, sync.stderr
    run = installation.kommunlager("run", before=WITHOUT_SITE)
    assert run.returncode == 0, run.stdout + run.stderr
    return installation


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    return pd.DataFrame(real_values(EVERYWHERE)).astype({"year": int, "value": float}).drop(columns="source")


def test_the_documented_question_gets_the_answer_shown(kolada: TrialInstallation) -> None:
    sql, output = query_after_a_sync()
    with duckdb.connect(str(kolada.published), read_only=True) as connection:
        assert as_markdown(connection, sql) == output


def test_a_rank_checked_by_hand(kolada: TrialInstallation) -> None:
    """Mark's net cost of individual and family care in 2022, beside the country's municipalities and the nation."""
    assert kolada.query(
        "select round(value, 1), round(median_of_municipalities, 1), percentile, round(nation_value, 1),"
        " county_code, source_ref from marts.key_figure_comparisons"
        " where kpi_id = 'N30005' and municipality_code = '1463' and year = 2022"
    ) == [(4183.8, 4505.4, 38.1, 4889.8, "14", "Egen bearbetning av data från Kolada")]


def test_the_site_shows_the_rank_checked_by_hand(kolada: TrialInstallation, tmp_path: Path) -> None:
    build_site(kolada.published, tmp_path / "site")
    tree = html.document_fromstring((tmp_path / "site" / "nyckeltal-mark.html").read_text(encoding="utf-8"))
    rows = tree.xpath("//table[caption='Läge bland landets kommuner']//tr[contains(th, 'N30005')]")
    cells = ["".join(cell.itertext()).replace("\N{NO-BREAK SPACE}", " ").strip() for cell in rows[0]][1:6]
    assert cells == ["2022", "4 183,81 kr/inv", "4 505,42 kr/inv", "−321,6", "38 % lägre"]
    captions = tree.xpath("//caption/text()")
    assert "Läge bland liknande kommuner" in captions
    # Most KPIs are only here for three municipalities, so that no rank among all can be computed.
    among_all = tree.xpath("//table[starts-with(caption, 'Läge bland landets')]//tr/th")
    shown = {kpi for kpi in (*EVERYWHERE, "N31814") if any(kpi in header.text_content() for header in among_all)}
    assert "U28532" in shown
    assert "N31814" not in shown


def test_medians_of_the_similar_are_those_that_pandas_finds(kolada: TrialInstallation, real: pd.DataFrame) -> None:
    groups = pd.read_csv(REAL / "municipality_groups.csv.gz", dtype=str)
    members = groups[groups["group_id"] == "G36587"]["member_id"]
    costs = real[(real["kpi_id"] == "N30005") & real["municipality_id"].isin(members)].drop_duplicates()
    expected = costs.groupby("year")["value"].agg(["median", "mean", "count"])
    found = kolada.query(
        "select year, median_of_members, unweighted_mean_of_members, members_answered"
        f" from marts.key_figure_group_comparisons where {SIMILAR} order by year"
    )
    assert [row[0] for row in found] == list(range(1998, 2023))
    assert [row[1:] for row in found] == [pytest.approx(tuple(row)) for row in expected.to_numpy()]


def test_ranks_agree_with_pandas(kolada: TrialInstallation, real: pd.DataFrame) -> None:
    """Share of the other municipalities with a lower cost, for each municipality and year."""
    municipal = real[(real["kpi_id"] == "N30005") & ~real["municipality_id"].str.startswith("00")].drop_duplicates()
    of_year = municipal.groupby("year")["value"]
    places = 100 * (of_year.rank(method="min") - 1) / (of_year.transform("count") - 1)
    expected = dict(zip(zip(municipal["municipality_id"], municipal["year"], strict=True), places, strict=True))
    found = kolada.query(
        "select municipality_code, year, percentile from marts.key_figure_comparisons where kpi_id = 'N30005'"
    )
    assert len(found) == len(expected) > 7000
    assert {row[:2]: row[2] for row in found} == pytest.approx(expected, abs=0.051)


def test_printed_counts_are_put_per_inhabitant(kolada: TrialInstallation) -> None:
    """Printed for 2022 beside 35 329 inhabitants in Mark and 11 497 in Askersund, worked out by hand."""
    assert kolada.query("""
        select comparison_code, municipality, value, input_kpi_value,
            (select count(*) from marts.figure_sources as sources where sources.row_id = comparisons.row_id), rank
        from marts.municipality_comparisons as comparisons
        where input_kpi_id = 'N01951' and fiscal_year = 2022
        order by all
    """) == [
        # 229 and 113 households, 100 and 30 people, 75 and 10 people.
        ("assistance_households_per_1000", "Askersund", Decimal("9.83"), 11497, 1, None),
        ("assistance_households_per_1000", "Mark", Decimal("6.48"), 35329, 1, None),
        ("lss_housing_residents_per_1000", "Askersund", Decimal("2.61"), 11497, 1, None),
        ("lss_housing_residents_per_1000", "Mark", Decimal("2.83"), 35329, 1, None),
        # Net cost 410,1 mnkr.
        ("net_cost_per_inhabitant", "Mark", Decimal("11608.03"), 35329, 1, None),
        ("personal_assistance_users_per_1000", "Askersund", Decimal("0.87"), 11497, 1, None),
        ("personal_assistance_users_per_1000", "Mark", Decimal("2.12"), 35329, 1, None),
    ]


def test_elderly_care_is_put_per_inhabitant_aged_80_and_over(kolada: TrialInstallation) -> None:
    """Askersund's accounts 2024, first table, column 2022: 429 and 114 people beside 869 inhabitants."""
    assert kolada.query("""
        select comparison_code, value, input_kpi_value, denominator_label, cast(denominator_date as varchar)
        from marts.municipality_comparisons
        where input_kpi_id = 'N01957'
            and fiscal_year = 2022
        order by comparison_code
    """) == [
        ("home_care_users_per_1000", Decimal("493.67"), 869, "Invånare 80+, antal", "2022-12-31"),
        ("special_housing_residents_per_1000", Decimal("131.19"), 869, "Invånare 80+, antal", "2022-12-31"),
    ]


def test_a_year_without_population_has_no_value_per_inhabitant(kolada: TrialInstallation) -> None:
    """Kolada's values beside the project end in 2022, the reports go on to 2025; a forecast takes the last of three."""
    assert kolada.query(
        "select value_kind, max(fiscal_year), cast(max(denominator_date) as varchar)"
        " from marts.municipality_comparisons where input_kpi_id is not null group by value_kind order by value_kind"
    ) == [("forecast", 2024, "2022-12-31"), ("outcome", 2022, "2022-12-31")]
    assert kolada.query(
        "select distinct fiscal_year, has_population from marts.data_coverage"
        " where municipality = 'Mark' and document_id is not null and fiscal_year between 2021 and 2024 order by 1"
    ) == [(2021, True), (2022, True), (2023, False), (2024, False)]


def test_reports_print_what_kolada_says(kolada: TrialInstallation) -> None:
    """Each figure that can be set beside Kolada's; in the report: the annual report 2023 of Mark, tables 4.2."""
    assert kolada.query("""
        select kpi_id, fiscal_year, cast(reported_value as integer), kolada_year, round(kolada_value, 1), outcome,
            note_sv
        from marts.reported_vs_kolada
        where kolada_value is not null
        order by all
    """) == [
        # Kolada has no care plans for 2020 and 2021 at all, so the printed 89 can't be compared.
        ("U28129", 2021, 89, 2019, 92.0, "other_year", "Kolada har inget tal för 2021; närmast före är 2019"),
        ("U28129", 2022, 95, 2022, 95.0, "agrees", None),
        # Asked every second year, and printed again in the year between.
        ("U28532", 2021, 73, 2020, 73.0, "agrees", "Rapporten återger talet för 2020"),
        ("U28532", 2022, 80, 2022, 80.0, "agrees", None),
        ("U30450", 2021, 88, 2021, 87.9, "agrees", None),
        ("U30450", 2022, 88, 2021, 87.9, "agrees", "Rapporten återger talet för 2021"),
    ]


def test_women_and_men_are_the_population_everywhere(kolada: TrialInstallation) -> None:
    ((compared, unequal),) = kolada.query(
        "select count(*), count(*) filter (where women_value + men_value <> value)"
        " from marts.key_figure_comparisons where kpi_id = 'N01951' and gender = 'T' and women_value is not null"
    )
    assert compared > 8000
    assert unequal == 0
