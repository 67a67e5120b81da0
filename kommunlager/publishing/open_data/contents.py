"""What a release is about: its municipalities, years and sources."""

import datetime as dt
from dataclasses import dataclass

import duckdb

_TITLE = "Uppföljning av budget och mål"
_MOST_NAMED = 3
_YEARS = """
    select min(fiscal_year), max(fiscal_year) from marts.reported_figures where value_kind in ('outcome', 'forecast')
"""
_SOURCES = """
    select concat_ws(', ', municipality, document_title, document_source), source_url
    from marts.documents
    where figure_count > 0
    order by document_id
"""


@dataclass(frozen=True)
class Source:
    """A report that figures come from, with its address if it is known."""

    title: str
    address: str | None


@dataclass(frozen=True)
class Contents:
    """The release, its municipalities by code, the years of its outcomes and forecasts, and its sources."""

    run_id: str
    released_at: dt.datetime
    municipalities: dict[str, str]
    first_year: int | None
    last_year: int | None
    sources: list[Source]
    uses_kolada: bool

    @property
    def title(self) -> str:
        """Title in Swedish, which names the municipalities if they are few."""
        *first, last = self.municipalities.values() or [""]
        if not last:
            return _TITLE
        if len(first) >= _MOST_NAMED:
            return f"{_TITLE} i {len(self.municipalities)} kommuner"
        return f"{_TITLE} i {', '.join(first)}{' och ' if first else ''}{last}"

    @property
    def description(self) -> str:
        """Description in Swedish."""
        return (
            "Avvikelser från budget, förändringar sedan förra året, måluppfyllelse och jämförelser, ur tabellerna i "
            "kommunernas planer, delårsrapporter och årsredovisningar. Varje uppgift kan följas till den tryckta "
            "tabellen. Belopp är i tusental kronor; en positiv avvikelse är ett överskott. Kolumnerna beskrivs i "
            "datapackage.json."
        )


def read_contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """Read what the release in a warehouse file is about."""
    ((run_id, released_at),) = connection.execute("select run_id, released_at from marts.release").fetchall()
    ((first_year, last_year),) = connection.execute(_YEARS).fetchall()
    municipalities = connection.execute(
        "select distinct municipality_code, municipality from marts.documents"
        " where municipality is not null order by municipality, municipality_code"
    ).fetchall()
    sources = connection.execute(_SOURCES).fetchall()
    ((key_figures,),) = connection.execute("select count(*) from marts.key_figures").fetchall()
    return Contents(
        run_id=run_id,
        released_at=released_at,
        municipalities=dict(municipalities),
        first_year=first_year,
        last_year=last_year,
        sources=[Source(*source) for source in sources],
        uses_kolada=key_figures > 0,
    )
