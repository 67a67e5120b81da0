"""Real Kolada values, if they are beside the project, go from an API to schema raw and agree with each other."""

from collections.abc import Iterator

import duckdb
import pytest

from ingest.kolada.client import KoladaClient, Patience
from ingest.kolada.landing import Landing
from ingest.kolada.load import load_kolada
from ingest.kolada.selection import Selection
from ingest.kolada.sync import synchronise
from tests.support.kolada_contents import REAL, real_kolada
from tests.support.kolada_server import served

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="real Kolada values are not beside the project")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    kolada, folder = real_kolada(page_size=1000), tmp_path_factory.mktemp("kolada")
    kpis = sorted({kpi for kpi, *_ in kolada.figures})
    selection = Selection(kpis=kpis, municipalities=["0000", "1463", "1489", "1882"])
    with served(kolada) as base, duckdb.connect() as connection:
        result = synchronise(KoladaClient(base, Patience(pause=0)), Landing(folder), selection, [], iter)
        assert not result.failed
        assert not load_kolada(connection, folder).refused
        connection.execute(
            "create table kolada as pivot (select * from raw.kolada_values where gender = 'T')"
            " on kpi_id using any_value(value) group by municipality_code, year"
        )
        yield connection


def test_every_real_value_arrives(raw: duckdb.DuckDBPyConnection) -> None:
    source = f"read_csv('{REAL}/values_three_municipalities.csv', all_varchar = true)"
    catalogue = f"read_csv('{REAL}/catalogue.csv.gz', all_varchar = true)"
    missing = raw.execute(f"""
        select count(*) as expected, count(*) filter (where loaded.value is distinct from cast(source.value as double))
        from {source} as source
        left join raw.kolada_values as loaded
            on source.kpi_id = loaded.kpi_id and source.municipality_id = loaded.municipality_code
            and cast(source.year as integer) = loaded.year and source.gender = loaded.gender
        where source.kpi_id in (select id from {catalogue})
    """).fetchone()
    assert missing is not None
    assert missing[0] > 5000
    assert missing[1] == 0


def test_a_figure_picked_by_eye(raw: duckdb.DuckDBPyConnection) -> None:
    """Net cost of individual and family care, kr per inhabitant, 2022."""
    found = raw.execute(
        "select municipality_code, round(value, 1) from raw.kolada_values"
        " where kpi_id = 'N30005' and year = 2022 and gender = 'T' order by 1"
    ).fetchall()
    assert found == [("0000", 4889.8), ("1463", 4183.8), ("1489", 4000.1), ("1882", 3188.3)]


def test_women_and_men_are_the_population(raw: duckdb.DuckDBPyConnection) -> None:
    sums = raw.execute("""
        select sum(value) filter (where gender in ('K', 'M')), sum(value) filter (where gender = 'T')
        from raw.kolada_values
        where kpi_id = 'N01951'
        group by municipality_code, year
        having count(*) = 3
    """).fetchall()
    assert len(sums) > 50
    assert all(parts == whole for parts, whole in sums)


@pytest.mark.parametrize(
    ("one_way", "other_way", "worst"),
    [
        # Economic assistance paid (tkr) by inhabitants, and by households that receive it.
        ("N31857 * 1000 / N01951", "U31001", 0.017),
        ("N31857 * 1000 / N31910", "N31849", 0.001),
        # Deviation from the reference cost in Mkr, from the net cost and the deviation in percent.
        ("(N30005 - N30005 / (1 + N30001 / 100)) * N01951 / 1e6", "N30026", 0.01),
        # Evictions per 100 000 inhabitants come from a whole number of them.
        ("U00958 * N01951 / 1e5", "round(U00958 * N01951 / 1e5)", 0.001),
    ],
)
def test_ratios_between_kpis_hold(raw: duckdb.DuckDBPyConnection, one_way: str, other_way: str, worst: float) -> None:
    differences = raw.execute(f"""
        select abs({one_way} - {other_way}) / nullif(abs({other_way}), 0)
        from kolada
        where {one_way} is not null and {other_way} <> 0
    """).fetchall()
    assert len(differences) >= 20
    assert max(difference for (difference,) in differences) <= worst
