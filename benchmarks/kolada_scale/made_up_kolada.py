"""A made-up Kolada of any size, landed as if it had been synchronised. None of its figures are real.

It resembles the real one: 290 municipalities, 21 regions and the nation; groups of similar municipalities for those
that have reports here; three KPIs in five for municipalities, one in five for regions, one in five for both; a third
of them for women and men; one to 23 years; 18 % of the figures for everyone and 29 % of women's and men's without a
value. A KPI's id begins with M, unlike any of Kolada's. The same size and seed give the same figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.kolada.landing import LANDED, RUN_ENDED, Entry, Landing, pack
from ingest.kolada.questions import MOST_IDS, Question

_FIGURES_A_KPI = 5_460
_KPI_BATCHES_AT_A_TIME = 8
_ROWS_A_PAGE = 5_000
_ANSWER = '{{"values":[{rows}],"count":{count},"next_url":null,"previous_url":null}}'
FIRST_RUN = "2026-01-10T01:00:00+00:00"

_SETTING = """
    create macro dice(thing, purpose) as (hash(thing, purpose, getvariable('seed')) % 1000000) / 1e6;

    create table kpis as
    select
        kpi_no,
        format('M{:05d}', kpi_no) as kpi_id,
        (kpi_no - 1) // getvariable('most_ids') as kpi_batch,
        case when dice(kpi_no, 'type') < 0.6 then 'K' when dice(kpi_no, 'type') < 0.8 then 'A' else 'L' end as kind,
        dice(kpi_no, 'gender') < 0.38 as is_divided_by_gender,
        dice(kpi_no, 'unit') as unit,
        2025 - cast(floor(22.9 * dice(kpi_no, 'years')) as integer) as first_year
    from range(1, getvariable('kpi_count') + 1) as numbers (kpi_no);

    create table areas as
    select municipality_code, municipality as title, area_type,
        (row_number() over (order by municipality_code) - 1) // getvariable('most_ids') as area_batch
    from read_csv(getvariable('municipality_codes'), all_varchar = true);

    -- Six groups of seven for each municipality that has a report, and one that two of them are in.
    create table groups as
    select 'G' || 90000 + row_number() over (order by areas.municipality_code, family) as group_id,
        format('Liknande kommuner påhittad {}, {}, 2025', family, areas.title) as title,
        areas.municipality_code as focus, family
    from areas
    cross join range(1, 7) as families (family)
    where list_contains(getvariable('with_reports'), areas.municipality_code);

    create table members as
    select group_id, municipality_code, areas.title
    from groups
    inner join areas on areas.area_type = 'municipality' and areas.municipality_code <> groups.focus
    qualify row_number() over (partition by group_id order by dice(municipality_code, group_id)) <= 7;

    insert into areas
    select group_id, title, 'group', 1000 from groups;
"""
# Each figure of a night's response differs from before; one in two hundred is withdrawn instead.
_PAGES = """
    with
        figures as (
            select kpis.kpi_batch, areas.area_batch, kpis.kpi_id, areas.municipality_code, asked."year", kpis.unit,
                unnest(case when is_divided_by_gender then ['T', 'K', 'M'] else ['T'] end) as gender,
                case when area_type = 'group' then 7 else 1 end as value_count,
                kpis.kpi_no * 1000003 + hash(municipality_code) % 100003 + "year" as figure_no
            from kpis
            inner join asked on kpis.kpi_no = asked.kpi_no
            inner join areas on case area_type
                when 'nation' then true when 'region' then kpis.kind <> 'K' else kpis.kind <> 'L' end
            where kpi_batch >= $first and kpi_batch < $last
        ),
        thrown as (
            select *,
                dice(figure_no, gender) as level,
                dice(figure_no, gender || 'missing') < case when gender = 'T' then 0.178 else 0.292 end as is_missing,
                $night > 0 and dice(figure_no, gender || 'deleted' || $night) < 0.005 as is_deleted
            from figures
        ),
        valued as (
            select *,
                case
                    when is_missing or is_deleted then null
                    when unit < 0.5 then round(100 * level, 1) + $night
                    when unit < 0.8 then round(50000 * level * level + 1000, 4) + $night
                    else floor(20000 * level * level) + $night
                end as "value"
            from thrown
        ),
        items as (
            select kpi_batch, area_batch, kpi_id, municipality_code, "year", count(*) as figures,
                cast(to_json({
                    'kpi': kpi_id, 'municipality': municipality_code, 'period': "year",
                    'values': list({
                        'gender': gender,
                        'count': case when "value" is null then 0 else value_count end,
                        'status': case when is_missing and not is_deleted and level < 0.7 then 'Missing' else '' end,
                        'value': "value",
                        'isdeleted': is_deleted
                    } order by gender)
                }) as varchar) as item
            from valued
            group by kpi_batch, area_batch, kpi_id, municipality_code, "year"
        ),
        paged as (
            select *, (row_number() over (
                partition by kpi_batch, area_batch order by kpi_id, municipality_code, "year"
            ) - 1) // $rows_a_page as page_no
            from items
        )
    select kpi_batch, area_batch, string_agg(item, ',' order by kpi_id, municipality_code, "year"), count(*),
        cast(sum(figures) as bigint)
    from paged
    group by kpi_batch, area_batch, page_no
    order by kpi_batch, area_batch, page_no
"""
_CATALOGUE = """
    select cast(to_json({
        'id': kpi_id, 'title': 'Påhittat nyckeltal ' || kpi_id || if(has_ended, ' (-2024)', ''),
        'description': 'Påhittat.', 'is_divided_by_gender': is_divided_by_gender, 'municipality_type': kind,
        'auspice': null, 'operating_area': 'Påhittat', 'perspective': 'Resurser',
        'prel_publication_date': if(has_ended, null, '2026-02-15'),
        'publication_date': if(has_ended, null, '2026-06-15'),
        'publ_period': if(has_ended, null, '2025'), 'has_ou_data': false
    }) as varchar)
    from (select *, kpi_no % 200 < getvariable('ended_of_200') as has_ended from kpis)
    order by kpi_id
"""
_AREAS = """
    select cast(to_json({'id': municipality_code, 'title': title,
        'type': case when area_type = 'municipality' then 'K' else 'L' end}) as varchar)
    from areas
    where area_type <> 'group'
    order by municipality_code
"""
_GROUPS = """
    select cast(to_json({'id': group_id, 'title': groups.title,
        'members': list({'member_id': municipality_code, 'member_title': members.title})}) as varchar)
    from groups
    inner join members using (group_id)
    group by group_id, groups.title
    order by group_id
"""


@dataclass
class Landed:
    """The result of one run; ``figures`` includes those without a value."""

    figures: int
    kpi_years: int


class MadeUpKolada:
    """Lands runs of a Kolada of about ``figures`` figures, for an installation with reports of some municipalities."""

    def __init__(self, figures: int, municipality_codes: Path, with_reports: list[str], seed: int = 1) -> None:
        self._connection = duckdb.connect(config={"memory_limit": "4GB"})
        variables = {
            "seed": seed,
            "kpi_count": max(1, round(figures / _FIGURES_A_KPI)),
            "most_ids": MOST_IDS,
            "municipality_codes": str(municipality_codes),
            "with_reports": with_reports,
        }
        for name, value in variables.items():
            self._connection.execute(f"set variable {name} = $1", [value])
        self._connection.execute(_SETTING)

    def land_all(self, landing: Landing) -> Landed:
        """The first synchronisation: the lists, and every figure."""
        self._connection.execute(
            "create or replace table asked as select kpi_no, unnest(range(first_year, 2026)) as year from kpis"
        )
        run = _Run(landing, FIRST_RUN, None)
        self._land_catalogue(run, ended_of_200=0)
        for kind, query in {"municipality": _AREAS, "municipality_groups": _GROUPS}.items():
            self._land_list(run, kind, query)
        return self._land_figures(run, night=0)

    def land_night(self, landing: Landing, night: int) -> Landed:
        """A later synchronisation, from 1: one KPI-year in a hundred has changed figures, and some gain a year.

        From the second one on, one KPI in two hundred has ended, which all its years show.
        """
        self._connection.execute(
            "create or replace table asked as"
            " select kpi_no, year from (select kpi_no, unnest(range(first_year, 2027)) as year from kpis)"
            f" where dice(kpi_no * 10000 + year, 'night {night}') < 0.01"
        )
        run = _Run(landing, f"2026-02-{night:02}T01:00:00+00:00", "2026-01-01")
        if night > 1:
            self._land_catalogue(run, ended_of_200=night - 1)
        return self._land_figures(run, night)

    def _land_catalogue(self, run: "_Run", ended_of_200: int) -> None:
        self._connection.execute("set variable ended_of_200 = $1", [ended_of_200])
        self._land_list(run, "kpi", _CATALOGUE)

    def _land_list(self, run: "_Run", kind: str, query: str) -> None:
        rows = [row for (row,) in self._connection.execute(query).fetchall()]
        run.land(Question(kind), [(",".join(rows), len(rows), 0)])

    def _land_figures(self, run: "_Run", night: int) -> Landed:
        """Every question is asked; a night's responses are empty if nothing has changed."""
        batches = self._ids("select kpi_batch, list(kpi_id order by kpi_id) from kpis group by 1")
        areas = self._ids("select area_batch, list(municipality_code order by municipality_code) from areas group by 1")
        for first in range(0, len(batches), _KPI_BATCHES_AT_A_TIME):
            last = first + _KPI_BATCHES_AT_A_TIME
            pages: dict[tuple[int, int], list[tuple[str, int, int]]] = {}
            for kpi_batch, area_batch, *page in self._pages(first, last, night):
                pages.setdefault((kpi_batch, area_batch), []).append(tuple(page))
            for kpi_batch in range(first, min(last, len(batches))):
                for area_batch, area_ids in areas.items():
                    question = Question("data", batches[kpi_batch], area_ids, (), run.from_date)
                    run.land(question, pages.get((kpi_batch, area_batch), [("", 0, 0)]))
        run.end()
        return Landed(run.figures, len(self._connection.table("asked")))

    def _pages(self, first: int, last: int, night: int) -> Iterator[tuple[int, int, str, int, int]]:
        given = {"first": first, "last": last, "night": night, "rows_a_page": _ROWS_A_PAGE}
        yield from self._connection.execute(_PAGES, given).fetchall()

    def _ids(self, query: str) -> dict[int, tuple[str, ...]]:
        return {batch: tuple(ids) for batch, ids in self._connection.execute(query + " order by 1").fetchall()}


@dataclass
class _Run:
    """A synchronisation that lands what it is given."""

    landing: Landing
    run_id: str
    from_date: str | None
    figures: int = 0

    def land(self, question: Question, pages: list[tuple[str, int, int]]) -> None:
        """Pages are rows as JSON, the number of rows, the number of figures in them."""
        packed = pack([_ANSWER.format(rows=rows, count=count).encode() for rows, count, _ in pages])
        figures = sum(page[2] for page in pages)
        self.landing.land(self._entry(question, len(pages), sum(page[1] for page in pages), figures), packed)
        self.figures += figures

    def end(self) -> None:
        self.landing.note(self._entry(Question(RUN_ENDED), 0, 0, 0))

    def _entry(self, question: Question, pages: int, rows: int, figures: int) -> Entry:
        return Entry(
            self.landing.next_batch_no,
            self.run_id,
            question.kind,
            question.address,
            RUN_ENDED if question.kind == RUN_ENDED else LANDED,
            f"{self.run_id[:19]}Z",
            question.kpi_ids,
            question.area_ids,
            question.years,
            question.from_date,
            pages=pages,
            rows=rows,
            figures=figures,
        )
