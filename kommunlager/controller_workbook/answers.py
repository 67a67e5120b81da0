"""The answers of the first sheet: one row per committee to each of the five questions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from kommunlager.controller_workbook.cells import Value
from kommunlager.swedish import Row, read_goal_scores, score_in_words


class Found(NamedTuple):
    """The answer about one committee; ``source`` where it is printed, if it is in one place."""

    municipality: str
    committee: str
    words: str
    value: Value
    source: str | None


@dataclass(frozen=True)
class Answer:
    """One question: its answers, those that need attention first, and the sheet that has the rest."""

    title: str
    unit: str
    sheet: str
    read: Callable[[duckdb.DuckDBPyConnection], list[Found]]


def _by_query(query: str) -> Callable[[duckdb.DuckDBPyConnection], list[Found]]:
    return lambda connection: [Found(*row) for row in connection.execute(query).fetchall()]


def _read_goals(connection: duckdb.DuckDBPyConnection) -> list[Found]:
    """How many goals each committee meets of its latest year; no single place prints it."""
    latest: dict[tuple[str, str], Row] = {}
    for score in read_goal_scores(connection):
        latest.setdefault((score["municipality_code"], score["committee"]), score)
    found = [
        Found(
            score["municipality"],
            score["committee"],
            score_in_words(score),
            100 * score["met"] / score["assessed"],
            None,
        )
        for score in latest.values()
        if score["assessed"]
    ]
    return sorted(found, key=lambda row: (row.value, row.municipality, row.committee))


NET_COST = Answer(
    "Nettokostnad mot budget",
    "procent",
    "Budget nämnder",
    _by_query(
        """
    select municipality, committee, headline_sv, deviation_pct, source_ref
    from marts.budget_deviations
    where
        is_headline
        and is_current
        and answer_to = 'year_end'
        and subject_scope = 'committee'
        and breakdown <> 'investment'
    qualify row_number() over (partition by municipality_code, committee order by fiscal_year desc, line_code) = 1
    order by deviation_pct nulls last, municipality, committee
    """
    ),
)
# Of an activity if the report has them: a gross cost that income offsets says less.
_DEFICITS = Answer(
    "Största underskott på en enskild rad",
    "tkr",
    "Budget verksamheter",
    _by_query(
        """
    select
        municipality,
        committee,
        concat_ws(', ', row_label, period_label, lower(comparison_sv)) as words,
        deviation_tkr,
        source_ref
    from marts.budget_deviations
    where
        is_current
        and answer_to = 'year_end'
        and subject_scope = 'committee'
        and breakdown in ('activity', 'cost_type')
        and not is_headline
        and is_addable
        and deviation_tkr < 0
    qualify row_number() over (
        partition by municipality_code, committee
        order by fiscal_year desc, breakdown = 'activity' desc, deviation_tkr, row_label
    ) = 1
    order by deviation_tkr, municipality, committee
    """
    ),
)
_CHANGES = Answer(
    "Nettokostnadens förändring sedan föregående år",
    "procent",
    "Förändring nämnder",
    _by_query(
        """
    select
        mart.municipality,
        mart.committee,
        concat_ws(
            '. ',
            concat(
                'Nettokostnad ',
                mart.period_label,
                case mart.value_kind when 'forecast' then ', prognos' else ', utfall' end,
                ', jämfört med föregående år'
            ),
            mart.comparability_note
        ) as words,
        mart.growth_pct,
        document.municipality || ', ' || document.document_title
    from marts.year_over_year_changes as mart
    left join marts.documents as document on document.document_id = mart.document_id
    where
        mart.is_current
        and mart.subject_scope = 'committee'
        and mart.subject_code = 'net_cost'
        and mart.activity_code = 'total'
        and mart.value_kind in ('outcome', 'forecast')
    qualify row_number() over (
        partition by mart.municipality_code, mart.committee order by mart.fiscal_year desc, mart.period_end desc
    ) = 1
    order by mart.growth_pct desc nulls last, mart.municipality, mart.committee
    """
    ),
)
_GOALS = Answer("Måluppfyllelse, andel av de mål som kan bedömas", "procent", "Mål", _read_goals)
_COMPARISONS = Answer(
    "Tal som kan jämföras med andra kommuners",
    "tal",
    "Jämförelse",
    _by_query(
        """
    select
        municipality,
        committee,
        case
            when count(rank) = 0
            then 'Inget av dem rangordnas; skälen står på bladet Jämförelse'
            else concat(count(rank), ' av dem rangordnas, och i ', count(*) filter (rank = 1), ' är nämnden bäst')
        end as words,
        count(*),
        null as source
    from marts.municipality_comparisons
    where is_current and municipalities_compared > 1
    group by municipality_code, municipality, committee
    order by count(*) desc, municipality, committee
    """
    ),
)
_TRUST = Answer(
    "Fel i rapporterna som inte är rättade",
    "fel",
    "Granskning",
    _by_query(
        """
    select
        municipality,
        committee,
        concat_ws(
            ', ',
            concat(count(*) filter (severity = 'needs_a_look' and status = 'open'), ' uppgifter behöver granskas'),
            concat(count(*) filter (severity = 'unmapped' and status = 'open'), ' etiketter är okända'),
            concat(count(*) filter (status = 'corrected'), ' fel är rättade')
        ) as words,
        count(*) filter (severity = 'error' and status = 'open') as errors,
        null as source
    from marts.audit_findings
    group by municipality_code, municipality, committee
    order by errors desc, municipality, committee
    """
    ),
)


ANSWERS = (NET_COST, _DEFICITS, _CHANGES, _GOALS, _COMPARISONS, _TRUST)
