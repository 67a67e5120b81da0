"""``dcat.rdf``: the catalogue that Sweden's data portal harvests (DCAT-AP-SE 3.0.1, RDF/XML)."""

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree

from kommunlager.publishing.open_data.contents import Contents
from kommunlager.publishing.open_data.data_package import DATA_PACKAGE
from kommunlager.publishing.open_data.publisher import Publisher
from kommunlager.publishing.open_data.tables import Table

CATALOGUE = "dcat.rdf"
_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_SWEDISH = f"{_AUTHORITY}/language/SWE"
_SWEDEN = f"{_AUTHORITY}/country/SWE"
_ALL_THEMES = f"{_AUTHORITY}/data-theme"
_THEMES = {f"{_ALL_THEMES}/GOVE": "Government and public sector", f"{_ALL_THEMES}/ECON": "Economy and finance"}
_PUBLIC = f"{_AUTHORITY}/access-right/PUBLIC"
_GZIP = "https://www.iana.org/assignments/media-types/application/gzip"
_IRREGULAR = f"{_AUTHORITY}/frequency/IRREG"
_LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"
_KEYWORDS = ("budget", "budgetavvikelse", "prognos", "måluppfyllelse", "nämnd", "uppföljning", "delårsrapport")
# By this address the portal recognises a publisher whose data come from several catalogues.
_ORGANISATION = "http://dataportal.se/organisation/SE{number}"


class _Graph:
    """An RDF/XML document, with resources in the order in which they are added."""

    def __init__(self) -> None:
        for prefix, namespace in _NAMESPACES.items():
            ElementTree.register_namespace(prefix, namespace)
        self.root = ElementTree.Element(_qualified("rdf:RDF"))

    def resource(self, kind: str, address: str) -> "_Resource":
        element = ElementTree.SubElement(self.root, _qualified(kind), {_qualified("rdf:about"): address})
        return _Resource(element)


class _Resource:
    """One resource, to which properties are added."""

    def __init__(self, element: ElementTree.Element) -> None:
        self.element = element

    def link(self, name: str, *addresses: str) -> None:
        for address in addresses:
            ElementTree.SubElement(self.element, _qualified(name), {_qualified("rdf:resource"): address})

    def text(self, name: str, *texts: str, language: str | None = None) -> None:
        attributes = {"xml:lang": language} if language else {}
        for text in texts:
            ElementTree.SubElement(self.element, _qualified(name), attributes).text = text

    def date(self, name: str, date: dt.date) -> None:
        element = ElementTree.SubElement(self.element, _qualified(name), {_qualified("rdf:datatype"): _DATE})
        element.text = date.isoformat()

    def nested(self, name: str, kind: str) -> "_Resource":
        outer = ElementTree.SubElement(self.element, _qualified(name))
        return _Resource(ElementTree.SubElement(outer, _qualified(kind)))


def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def write_catalogue(folder: Path, contents: Contents, tables: list[Table], publisher: Publisher) -> None:
    """Write the catalogue: one dataset, whose only distribution is the CSV files."""
    graph = _Graph()
    organisation = _ORGANISATION.format(number=publisher.publisher.organisation_number)
    addresses = {name: f"{publisher.address}{CATALOGUE}#{name}" for name in ("catalogue", "dataset", "csv", "contact")}
    _add_catalogue(graph, addresses, contents, publisher, organisation)
    _add_dataset(graph, addresses, contents, publisher, organisation)
    _add_distribution(graph, addresses, contents, tables, publisher)
    _add_agents(graph, addresses, publisher, organisation)
    _add_kinds(graph, publisher)
    tree = ElementTree.ElementTree(graph.root)
    ElementTree.indent(tree)
    tree.write(folder / CATALOGUE, encoding="utf-8", xml_declaration=True)


def _add_catalogue(
    graph: _Graph, addresses: dict[str, str], contents: Contents, publisher: Publisher, organisation: str
) -> None:
    catalogue = graph.resource("dcat:Catalog", addresses["catalogue"])
    catalogue.text("dcterms:title", f"{publisher.publisher.name}: uppföljning", language="sv")
    catalogue.text("dcterms:description", contents.title, language="sv")
    catalogue.link("dcterms:publisher", organisation)
    catalogue.link("dcterms:license", publisher.licence)
    catalogue.link("dcterms:language", _SWEDISH)
    catalogue.date("dcterms:modified", contents.released_at.date())
    catalogue.link("foaf:homepage", publisher.landing_page)
    catalogue.link("dcat:themeTaxonomy", _ALL_THEMES)
    catalogue.link("dcat:dataset", addresses["dataset"])


def _add_dataset(
    graph: _Graph, addresses: dict[str, str], contents: Contents, publisher: Publisher, organisation: str
) -> None:
    dataset = graph.resource("dcat:Dataset", addresses["dataset"])
    dataset.text("dcterms:title", contents.title, language="sv")
    dataset.text("dcterms:description", contents.description, language="sv")
    dataset.link("dcterms:publisher", organisation)
    dataset.link("dcat:contactPoint", addresses["contact"])
    dataset.text("dcat:keyword", *_KEYWORDS, *contents.municipalities.values(), language="sv")
    dataset.link("dcat:theme", *_THEMES)
    dataset.date("dcterms:modified", contents.released_at.date())
    dataset.text("dcat:version", contents.run_id)
    dataset.link("dcterms:language", _SWEDISH)
    dataset.link("dcterms:accessRights", _PUBLIC)
    dataset.link("dcterms:accrualPeriodicity", _IRREGULAR)
    dataset.link("dcterms:spatial", _SWEDEN)
    dataset.link("dcat:landingPage", publisher.landing_page)
    if contents.first_year and contents.last_year:
        period = dataset.nested("dcterms:temporal", "dcterms:PeriodOfTime")
        period.date("dcat:startDate", dt.date(contents.first_year, 1, 1))
        period.date("dcat:endDate", dt.date(contents.last_year, 12, 31))
    dataset.link("dcat:distribution", addresses["csv"])


def _add_distribution(
    graph: _Graph, addresses: dict[str, str], contents: Contents, tables: list[Table], publisher: Publisher
) -> None:
    distribution = graph.resource("dcat:Distribution", addresses["csv"])
    distribution.text("dcterms:title", "CSV-filer (gzip), en för varje tabell", language="sv")
    distribution.text("dcterms:description", "Filer och kolumner beskrivs i datapackage.json.", language="sv")
    distribution.link("dcat:accessURL", publisher.landing_page)
    distribution.link("dcat:downloadURL", *(publisher.address + table.file_name for table in tables))
    distribution.text("dcterms:format", "text/csv")
    distribution.link("dcat:compressFormat", _GZIP)
    distribution.link("dcterms:license", publisher.licence)
    distribution.link("dcterms:conformsTo", publisher.address + DATA_PACKAGE)
    distribution.date("dcterms:modified", contents.released_at.date())


def _add_agents(graph: _Graph, addresses: dict[str, str], publisher: Publisher, organisation: str) -> None:
    agent = graph.resource("foaf:Agent", organisation)
    agent.text("foaf:name", publisher.publisher.name, language="sv")
    agent.link("dcterms:type", _LOCAL_AUTHORITY)
    contact = graph.resource("vcard:Organization", addresses["contact"])
    contact.text("vcard:fn", publisher.contact.name)
    contact.link("vcard:hasEmail", f"mailto:{publisher.contact.email}")


def _add_kinds(graph: _Graph, publisher: Publisher) -> None:
    """Say what kind of thing each address is; validators of DCAT-AP look for it in the catalogue itself."""
    kinds = {
        _SWEDISH: "dcterms:LinguisticSystem",
        _SWEDEN: "dcterms:Location",
        _PUBLIC: "dcterms:RightsStatement",
        _IRREGULAR: "dcterms:Frequency",
        _GZIP: "dcterms:MediaType",
        publisher.licence: "dcterms:LicenseDocument",
        publisher.address + DATA_PACKAGE: "dcterms:Standard",
        publisher.landing_page: "foaf:Document",
    }
    for address, kind in kinds.items():
        graph.resource(kind, address)
    for address, label in {**_THEMES, _LOCAL_AUTHORITY: "Local Authority"}.items():
        graph.resource("skos:Concept", address).text("skos:prefLabel", label, language="en")
    graph.resource("skos:ConceptScheme", _ALL_THEMES).text("dcterms:title", "Data theme", language="en")
