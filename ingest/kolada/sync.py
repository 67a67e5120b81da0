"""One synchronisation: Kolada's lists first, then the figures in the selection."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from ingest.kolada.batches import Batches
from ingest.kolada.client import KoladaClient, NotAnsweredError, UnreachableError
from ingest.kolada.landing import RUN_ENDED, SELECTED, Landing, forget_what_says_nothing
from ingest.kolada.questions import History, Question, Unknown, plan_questions
from ingest.kolada.selection import Selection, resolve
from ingest.kolada.shapes import LISTS

# An interrupted run is resumed up to this age; after that everything is requested again.
_TAKEN_UP_WITHIN = dt.timedelta(hours=12)
_FAILURES_IN_A_ROW = 3

Progress = Callable[[list[Question]], Iterable[Question]]


@dataclass
class SyncResult:
    """The result of a sync; ``failed`` maps an address to its problem, ``gave_up`` says why it ended early."""

    batches: int
    unknown: Unknown
    landed: int = 0
    figures: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    gave_up: bool = False


def synchronise(
    client: KoladaClient,
    landing: Landing,
    selection: Selection,
    defined_kpis: Collection[str],
    progress: Progress,
    in_full: bool = False,
) -> SyncResult:
    """Fetch what ``selection`` names and ``landing`` lacks; failures are recorded and requested again the next time.

    ``progress`` receives the questions and yields them one by one. Raises NotAnsweredError if a list can't be fetched,
    and ClosedError or ShapeChangedError as soon as the API has changed; what has landed is kept.
    """
    batches = Batches(client, landing, _open_run(landing) or dt.datetime.now(tz=dt.UTC).isoformat())
    lists = {kind: batches.fetch_list(kind) for kind in LISTS}
    wanted, unknown = resolve(selection, lists, defined_kpis)
    batches.note(Question(SELECTED, tuple(unknown.kpi_ids), tuple(unknown.area_ids)), SELECTED)
    history = History.of(landing, batches.run_id, client.now().date())
    questions = plan_questions(wanted, history, in_full or landing.has_lost_lines)
    result = SyncResult(batches=len(questions), unknown=unknown)
    _fetch_all(batches, progress(questions), result)
    if not result.failed:
        batches.note(Question(RUN_ENDED), RUN_ENDED)
        forget_what_says_nothing(landing)
    return result


def _fetch_all(batches: Batches, questions: Iterable[Question], result: SyncResult) -> None:
    in_a_row = 0
    for question in questions:
        try:
            entry = batches.fetch(question)
        except NotAnsweredError as error:
            result.failed[question.address] = str(error)
            in_a_row += 1
            if isinstance(error, UnreachableError) or in_a_row == _FAILURES_IN_A_ROW:
                result.gave_up = True
                return
        else:
            result.landed += 1
            result.figures += entry.figures
            in_a_row = 0


def _open_run(landing: Landing) -> str | None:
    """The run that was interrupted or had failures, if it is recent enough to be resumed."""
    if not landing.entries or landing.entries[-1].kind == RUN_ENDED:
        return None
    run_id = landing.entries[-1].run_id
    began = dt.datetime.fromisoformat(run_id)
    age = dt.datetime.now(tz=dt.UTC) - began
    # A run that begins in the future was begun by a clock that was ahead.
    return run_id if dt.timedelta(0) <= age < _TAKEN_UP_WITHIN else None
