"""The documents are correct: queries give the output shown, links resolve, named files and exit codes exist."""

import re
import tomllib
from pathlib import Path

import duckdb
import pytest

from kommunlager import errors
from tests.support.installation import PROJECT
from tests.support.markdown_tables import PAGES, QUERIES, as_markdown, needs_a_sync

LONGEST_README = 200
FOLDERS = ("benchmarks", "bi", "data", "deploy", "docs", "models")
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *(page for name in FOLDERS for page in (PROJECT / name).rglob("*.md"))])
# What needs a sync is tried in test_kolada_job and, on real values, in test_kolada_real_marts.
WITHOUT_SYNC = [(page, sql, output) for page, sql, output in QUERIES if not needs_a_sync(sql)]
_CODE = re.compile(r"```.*?```", flags=re.DOTALL)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def name_of(document: Path) -> str:
    return document.relative_to(PROJECT).as_posix()


def anchors(document: Path) -> set[str]:
    """The fragments that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", text_of(document)), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("sql", "output"),
    [(sql, output) for _, sql, output in WITHOUT_SYNC],
    ids=[f"{page}: {sql.splitlines()[0][:40]}" for page, sql, _ in WITHOUT_SYNC],
)
def test_a_query_gives_the_output_shown(warehouse: duckdb.DuckDBPyConnection, sql: str, output: str) -> None:
    assert as_markdown(warehouse, sql) == output


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_query_shows_its_output(page: Path) -> None:
    assert text_of(page).count("```sql") == sum(name == name_of(page) for name, _, _ in QUERIES)


def test_the_five_questions_have_queries() -> None:
    assert len(QUERIES) >= 13


def test_the_readme_fits_its_length() -> None:
    assert len(text_of(PROJECT / "README.md").splitlines()) <= LONGEST_README


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_relative_links_resolve(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", _CODE.sub("", text_of(document)))
    for link in (link for link in links if "://" not in link):
        path, _, fragment = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not fragment or fragment in anchors(target), link


def test_the_docs_are_all_linked_from_their_index() -> None:
    index = PROJECT / "docs" / "README.md"
    linked = set(re.findall(r"\]\(([\w.-]+\.md)\)", text_of(index)))
    assert linked == {page.name for page in index.parent.glob("*.md")} - {"README.md"}


def test_files_named_in_the_documents_exist() -> None:
    folders = "benchmarks|bi|data|deploy|docs|ingest|kommunlager|macros|models|seeds|tests"
    named = {
        (name_of(document), name)
        for document in DOCUMENTS
        if document.name != "CHANGELOG.md"
        for name in re.findall(rf"`((?:{folders})/[\w./]*)`", text_of(document))
    }
    assert named
    assert {(document, name) for document, name in named if not (PROJECT / name).exists()} == set()


def test_every_exit_code_is_documented() -> None:
    table = re.findall(r"^\| ([\d, ]+) \|", text_of(PROJECT / "docs" / "running.md"), flags=re.MULTILINE)
    documented = {int(code) for codes in table for code in codes.split(",")}
    assert documented >= {code for name, code in vars(errors).items() if name.startswith("EXIT_")}


def test_the_changelog_begins_with_the_version_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    latest = re.findall(r"^## (\S+)", text_of(PROJECT / "CHANGELOG.md"), flags=re.MULTILINE)[0]
    assert latest == project["version"]
