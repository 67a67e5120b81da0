"""A release as open data: what validators of data packages and of DCAT-AP-SE say of it, and what it contains."""

import datetime as dt
import gzip
import json
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import frictionless
import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from kommunlager.errors import StepFailedError
from kommunlager.publishing.open_data import write_open_data
from kommunlager.publishing.open_data.contents import Contents, Source
from kommunlager.publishing.open_data.data_package import write_data_package
from kommunlager.publishing.open_data.publisher import Publisher, read_publisher
from kommunlager.publishing.open_data.tables import TITLES, read_tables, write_tables
from tests.support.installation import PROJECT, WITHOUT_SITE, TrialInstallation

SETTINGS = """
address = "https://data.example.com/uppfoljning/"
landing_page = "https://www.example.com/oppnadata"
licence = "http://creativecommons.org/publicdomain/zero/1.0/"

[publisher]
name = "Påhittade kommun"
organisation_number = "2120000000"

[contact]
name = "Öppna data & statistik"
email = "data@example.com"
"""
VCARD = "http://www.w3.org/2006/vcard/ns#"
SHAPES = PROJECT / "tests" / "support" / "dcat_ap_se.ttl"
TYPES = {"string": "varchar", "integer": "bigint", "number": "double", "datetime": "timestamp"}


@pytest.fixture(scope="module")
def folder(built: TrialInstallation) -> Path:
    """The open data of the shipped reports, as published without settings."""
    return built.work / "published" / "open_data"


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    path = tmp_path_factory.mktemp("settings") / "open_data.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    found = read_publisher(path)
    assert found
    return found


@pytest.fixture(scope="module")
def published(built: TrialInstallation, publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a publisher."""
    target = tmp_path_factory.mktemp("open") / "open_data"
    write_open_data(copied(built, target.parent), target, publisher)
    return target


def copied(built: TrialInstallation, folder: Path) -> Path:
    """A copy of the released file, since other tests of this process have it open in their own way."""
    return Path(shutil.copy(built.published, folder / "warehouse.duckdb"))


def package(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


def test_frictionless_finds_a_valid_data_package(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
    assert {path.name.removesuffix(".csv.gz") for path in folder.glob("*.csv.gz")} == {
        task.name for task in report.tasks
    }


def test_it_is_valid_at_an_address_too(folder: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        report = frictionless.validate(f"http://127.0.0.1:{server.server_port}/datapackage.json")
        server.shutdown()
    assert report.valid, report.flatten(["name", "message"])[:5]
    assert len(report.tasks) == len([*folder.glob("*.csv.gz")])


def test_the_csv_files_hold_what_the_marts_hold(folder: Path, warehouse: duckdb.DuckDBPyConnection) -> None:
    """An empty text is nothing in CSV."""
    for resource in package(folder)["resources"]:
        fields = {field["name"]: TYPES.get(field["type"], field["type"]) for field in resource["schema"]["fields"]}
        casts = ", ".join(f"cast(nullif(cast(\"{name}\" as varchar), '') as {kind})" for name, kind in fields.items())
        both = [
            f"select {casts} from read_csv('{folder / resource['path']}', all_varchar = true, header = true)",
            f"select {casts} from marts.{resource['name']}",
        ]
        for first, second in (both, both[::-1]):
            assert warehouse.execute(f"{first} except all {second}").fetchall() == [], resource["name"]


def test_every_file_and_column_is_described(folder: Path) -> None:
    for resource in package(folder)["resources"]:
        assert resource["title"] == TITLES[resource["name"]]
        assert resource["description"]
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields if not field["description"]] == []
        assert resource["name"] == "release" or [field["name"] for field in fields if "title" not in field] == []


def test_columns_are_described_in_swedish(folder: Path) -> None:
    (deviations,) = (table for table in package(folder)["resources"] if table["name"] == "budget_deviations")
    assert "kommun" in deviations["schema"]["fields"][0]["description"].lower()


def test_runs_and_what_kolada_publishes_itself_are_left_out(folder: Path) -> None:
    names = {resource["name"] for resource in package(folder)["resources"]}
    assert {"budget_deviations", "goal_fulfilment", "documents"} <= names
    assert names.isdisjoint({"pipeline_runs", "pipeline_run_steps", "key_figures", "key_figure_changes", "kpis"})


@pytest.mark.parametrize(
    ("names", "title"),
    [
        ("", "Uppföljning av budget och mål"),
        ("Mark", "Uppföljning av budget och mål i Mark"),
        ("Askersund Mark", "Uppföljning av budget och mål i Askersund och Mark"),
        ("Alingsås Askersund Mark Nacka", "Uppföljning av budget och mål i 4 kommuner"),
    ],
)
def test_the_title_names_few_municipalities(names: str, title: str) -> None:
    municipalities = {str(code): name for code, name in enumerate(names.split())}
    assert Contents("made_up", dt.datetime(2026, 1, 1), municipalities, None, None, [], False).title == title


def test_the_package_names_its_municipalities_and_reports(folder: Path) -> None:
    found = package(folder)
    assert found["title"] == "Uppföljning av budget och mål i Alingsås, Askersund och Mark"
    assert {"code": "1463", "name": "Mark"} in found["municipalities"]
    assert any("Årsrapport 2023" in source["title"] for source in found["sources"])


def test_nothing_is_claimed_that_nobody_has_stated(folder: Path) -> None:
    assert {"licenses", "contributors", "homepage"}.isdisjoint(package(folder))
    assert not (folder / "dcat.rdf").exists()


def test_settings_give_the_package_a_licence_and_a_publisher(published: Path) -> None:
    found = package(published)
    assert found["licenses"] == [{"path": "http://creativecommons.org/publicdomain/zero/1.0/"}]
    assert found["contributors"] == [{"title": "Påhittade kommun", "role": "publisher"}]


def test_a_release_follows_the_settings_and_a_fault_stops_it(released: TrialInstallation, tmp_path: Path) -> None:
    settings = tmp_path / "open_data.toml"
    given = f"""
import pathlib
from kommunlager.installation import Installation
Installation.open_data_settings = property(lambda self: pathlib.Path({str(settings)!r}))
"""
    settings.write_text(SETTINGS.replace("licence", "license"), encoding="utf-8")
    before = released.run_id
    run = released.kommunlager("publish", before=WITHOUT_SITE + given)
    assert (run.returncode, released.run_id) == (2, before)
    assert "open_data.toml: licence: field required" in run.stderr
    settings.write_text(SETTINGS, encoding="utf-8")
    run = released.kommunlager("publish", before=WITHOUT_SITE + given)
    assert run.returncode == 0, run.stderr
    released.assert_whole()
    assert (released.work / "published" / "open_data" / "dcat.rdf").is_file()


def catalogue(folder: Path) -> Graph:
    return Graph().parse(folder / "dcat.rdf", format="xml")


def faults(graph: Graph) -> str:
    conforms, _, text = validate(graph, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else str(text)


def test_the_catalogue_has_what_dcat_ap_se_requires(published: Path) -> None:
    assert faults(catalogue(published)) == ""


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        (DCAT.Catalog, DCTERMS.title),
        (DCAT.Catalog, DCTERMS.license),
        (DCAT.Catalog, DCAT.dataset),
        (DCAT.Dataset, DCTERMS.description),
        (DCAT.Dataset, DCTERMS.publisher),
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.Distribution, DCTERMS.format),
        (FOAF.Agent, FOAF.name),
        (FOAF.Agent, DCTERMS.type),
        (URIRef(f"{VCARD}Organization"), URIRef(f"{VCARD}hasEmail")),
    ],
)
def test_a_catalogue_without_a_required_property_is_found_out(published: Path, kind: URIRef, required: URIRef) -> None:
    graph = catalogue(published)
    (subject,) = graph.subjects(RDF.type, kind)
    assert (subject, required, None) in graph
    graph.remove((subject, required, None))
    assert str(required).rsplit("/", 1)[1].rsplit("#", 1)[-1] in faults(graph)


def test_the_catalogue_leads_to_every_file(published: Path) -> None:
    graph = catalogue(published)
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert addresses == {f"https://data.example.com/uppfoljning/{path.name}" for path in published.glob("*.csv.gz")}
    assert URIRef("http://dataportal.se/organisation/SE2120000000") in set(graph.objects(None, DCTERMS.publisher))
    assert all(
        str(node).startswith(("http://", "https://", "mailto:"))
        for node in graph.all_nodes()
        if isinstance(node, URIRef)
    )


def test_the_same_release_gives_the_same_bytes(
    built: TrialInstallation, publisher: Publisher, published: Path, tmp_path: Path
) -> None:
    write_open_data(copied(built, tmp_path), tmp_path / "again", publisher)
    files = {path.name: path.read_bytes() for path in published.iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == files


def test_keys_and_sources_are_those_of_the_released_file(tmp_path: Path) -> None:
    """Keys to tables that are not open data are left out."""
    made_up = """
        create schema marts;
        create table marts.data_dictionary (
            mart varchar, column_name varchar, label_sv varchar, description_sv varchar
        );
        create table marts.documents (
            document_id varchar primary key, first_document_id varchar references marts.documents
        );
        create table marts.kpis (kpi_id varchar primary key);
        create table marts.figures (
            document_id varchar not null references marts.documents,
            row_no integer,
            kpi_id varchar references marts.kpis,
            primary key (document_id, row_no)
        );
        insert into marts.documents values ('a', null);
        insert into marts.figures values ('a', 1, null);
    """
    with duckdb.connect() as connection:
        connection.execute(made_up)
        tables = read_tables(connection)
        write_tables(connection, tables, tmp_path)
    sources = [Source("Påhittad rapport", "https://example.com/rapport.pdf"), Source("En till", None)]
    contents = Contents("made_up", dt.datetime(2026, 1, 1), {}, None, None, sources, False)
    write_data_package(tmp_path, contents, tables, None)
    schemas = {resource["name"]: resource["schema"] for resource in package(tmp_path)["resources"]}
    assert package(tmp_path)["sources"] == [
        {"title": "Påhittad rapport", "path": "https://example.com/rapport.pdf"},
        {"title": "En till"},
    ]
    assert schemas["figures"]["primaryKey"] == ["document_id", "row_no"]
    assert schemas["figures"]["foreignKeys"] == [
        {"fields": ["document_id"], "reference": {"resource": "documents", "fields": ["document_id"]}}
    ]
    assert schemas["documents"]["foreignKeys"][0]["reference"]["resource"] == ""
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    with gzip.open(tmp_path / "figures.csv.gz", "wt") as file:
        file.write("document_id,row_no,kpi_id\nb,1,\nb,1,\n")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {error for (error,) in report.flatten(["type"])} >= {"foreign-key", "primary-key"}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('licence = "http', 'license = "http', "licence: field required"),
        ("uppfoljning/", "uppfoljning", "address: string should match pattern"),
        ("2120000000", "212000-0000", "publisher.organisation_number: string should match pattern"),
        ("data@example.com", "", "contact.email: string should match pattern"),
        ("[contact]", "[contact", "is not valid TOML"),
    ],
)
def test_a_fault_in_the_settings_is_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    path = tmp_path / "open_data.toml"
    path.write_text(SETTINGS.replace(before, after), encoding="utf-8")
    with pytest.raises(StepFailedError, match=r"^open_data\.toml") as raised:
        read_publisher(path)
    assert message in str(raised.value)
    assert "docs/open_data.md" in str(raised.value)


def test_the_shipped_settings_state_nothing(tmp_path: Path) -> None:
    assert read_publisher(PROJECT / "open_data.toml") is None
    assert read_publisher(tmp_path / "missing.toml") is None
