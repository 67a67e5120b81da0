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
    "Nettokostnad eller resultat mot budget",
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
    "Mått som kan jämföras med andra kommuners",
    "mått",
    "Jämförelse",
    # As on the site one value for each measure: the latest that another municipality has for the same period.
    _by_query(
        """
    with
        measures as (
            select *, municipalities_compared > 1 as is_compared
            from marts.municipality_comparisons
            where gender = 'T' and is_current
            qualify row_number() over (
                partition by municipality_code, committee, comparison_code
                order by
                    municipalities_compared > 1 desc,
                    case comparability when 'same' then 1 when 'similar' then 2 else 3 end,
                    period_end desc,
                    period_basis,
                    value_kind desc,
                    activity_code,
                    figure_id
            ) = 1
        ),

        counts as (
            select
                municipality,
                committee,
                count(*) as measures,
                count(*) filter (is_compared) as compared,
                count(*) filter (is_compared and comparability = 'same') as same,
                count(*) filter (is_compared and comparability = 'similar') as alike,
                count(*) filter (is_compared and comparability = 'caution') as caution
            from measures
            group by municipality_code, municipality, committee
        )

    select
        municipality,
        committee,
        case
            when compared = 0
            then 'Ingen annan kommun har ett tal för samma period för något av måtten'
            else
                concat(
                    compared,
                    ' av ',
                    measures,
                    ' mått finns för samma period i en annan kommun: ',
                    concat_ws(
                        ', ',
                        if(same > 0, concat(same, ' jämförbart'), null),
                        if(alike > 0, concat(alike, ' liknande'), null),
                        if(caution > 0, concat(caution, ' att jämföra med försiktighet'), null)
                    )
                )
        end as words,
        compared,
        null as source
    from counts
    order by compared desc, municipality, committee
    """
    ),
)
_TRUST = Answer(
    "Fel i rapporterna som inte är rättade",
    "fel",
    "Granskning",
    # As on the site: what is corrected may be an error or only a doubt, so it is called a finding.
    _by_query(
        """
    with
        findings as (
            select
                municipality_code,
                committee,
                count(*) filter (severity = 'error' and status = 'open') as errors,
                count(*) filter (severity = 'needs_a_look' and status = 'open') as to_look_at,
                count(*) filter (status = 'corrected') as corrected
            from marts.audit_findings
            group by all
        ),

        reports as (
            select municipality_code, municipality, committee, sum(unmapped_figure_count) as unmapped
            from marts.data_coverage
            where document_id is not null and figure_count > 0
            group by all
        )

    select
        municipality,
        committee,
        case
            when errors is null and unmapped = 0
            then 'Inga fynd: rapporternas tabeller går ihop'
            else
                concat_ws(
                    ', ',
                    if(to_look_at > 0, concat(to_look_at, ' fynd behöver granskas'), null),
                    concat(coalesce(corrected, 0), if(corrected = 1, ' fynd är rättat', ' fynd är rättade')),
                    case unmapped
                        when 0 then null
                        when 1 then '1 uppgift utan känd post'
                        else concat(unmapped, ' uppgifter utan känd post')
                    end
                )
        end as words,
        coalesce(errors, 0) as open_errors,
        null as source
    from reports
    left join findings using (municipality_code, committee)
    order by open_errors desc, municipality, committee
    """
    ),
)


ANSWERS = (NET_COST, _DEFICITS, _CHANGES, _GOALS, _COMPARISONS, _TRUST)
