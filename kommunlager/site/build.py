"""Builds the site: HTML files that read without scripts, the scripts beside them, and no external requests."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kommunlager.duckdb_files import connect
from kommunlager.site import formats
from kommunlager.site.drawings import kept_drawings
from kommunlager.site.marts import Marts
from kommunlager.site.page import Page
from kommunlager.site.pages import about, committee, municipality, overview, search, whats_new
from kommunlager.site.pages.search_index import SearchIndex
from kommunlager.site.sources import Sources
from kommunlager.site.subjects import Subject, Subjects
from kommunlager.site.topics.answers import read_answers

_MENU = {
    "index.html": "Översikt",
    "nytt.html": "Nytt",
    "budget.html": "Budget",
    "forandring.html": "Förändring",
    "mal.html": "Mål",
    "jamforelser.html": "Jämförelser",
    "nyckeltal.html": "Nyckeltal",
    "granskning.html": "Granskning",
    "om.html": "Om",
}
_SCRIPTS = ("tables.js", "search.js")


def build_site(database: Path, folder: Path, drawings: Path | None = None) -> None:
    """Write the site about the published file ``database`` into ``folder``; the same file gives the same bytes.

    ``drawings`` is a file that keeps the charts for the next time, if given. Raises duckdb.Error if ``database`` can't
    be read and OSError if the folder can't be written.
    """
    environment = _environment()
    folder.mkdir(parents=True, exist_ok=True)
    with kept_drawings(drawings), connect(database, read_only=True) as connection:
        marts = Marts(connection)
        latest = marts.latest_information()
        index = SearchIndex()
        for page in _pages(marts):
            index.add(page)
            _write(folder, page.file_name, _render(environment, page, latest))
        for page in search.make_pages():
            _write(folder, page.file_name, _render(environment, page, latest))
        for name, text in whats_new.make_texts(marts).items():
            _write(folder, name, text)
    _write(folder, "search_index.js", index.script())
    for name in _SCRIPTS:
        _write(folder, name, files("kommunlager.site").joinpath("scripts", name).read_text(encoding="utf-8"))


def committees_with_pages(database: Path) -> list[Subject]:
    """The committees that the site about a published file has a page for."""
    with connect(database, read_only=True) as connection:
        return Subjects(Marts(connection)).committees


def _write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def _pages(marts: Marts) -> Iterator[Page]:
    """All pages, one at a time."""
    sources, subjects = Sources(marts), Subjects(marts)
    answers = read_answers(marts, sources)
    yield overview.make_page(subjects, answers, sources)
    yield from whats_new.make_pages(marts, subjects, sources)
    for subject in subjects:
        make_pages = committee.make_pages if subject.committee else municipality.make_pages
        yield from make_pages(subject, subjects, answers)
    for topic in (answers.budget, answers.changes, answers.goals, answers.trust):
        yield from topic.across(subjects)
    yield from answers.comparisons.pages(subjects)
    yield from answers.key_figures.pages(subjects, filter(answers.series.is_known, subjects))
    yield from about.make_pages(marts)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kommunlager.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = ("number", "signed", "percent", "amount", "quantity", "day", "prose", "slug")
    environment.filters.update({name: getattr(formats, name) for name in names})
    environment.globals.update(mark=formats.mark, favour=formats.favour)
    return environment


def _render(environment: Environment, page: Page, latest: Any) -> str:
    template = environment.get_template(page.template)
    numbers = count(1)
    return template.render(
        page=page, menu=_MENU, latest=latest, new_id=lambda: f"kalla-{next(numbers)}", **page.content
    )
