"""Asks Kolada: politely, again where it pays, and never content with part of an answer."""

import datetime as dt
import email.utils
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from ingest.kolada.questions import Question
from ingest.kolada.shapes import Page, read_page

_Answer = TypeVar("_Answer")
_LONGEST_WAIT = 300.0
_WHOLE_ANSWERS_TRIED = 3


@dataclass(frozen=True)
class Patience:
    """How fast we ask and how long we wait (s). Kolada states no limit; its clients make five calls a second."""

    pause: float = 0.2
    time_out: float = 30.0
    whole_page: float = 180.0
    attempts: int = 5
    first_wait: float = 1.0


class NotAnsweredError(Exception):
    """A question got no whole answer, though asked again; the next question may get one."""


class UnreachableError(NotAnsweredError):
    """There is no connection to Kolada."""


class ClosedError(Exception):
    """Kolada says that this API is no more or has moved; asking on is pointless."""


class _AgainError(Exception):
    """Worth asking again, after ``wait`` seconds where Kolada names them."""

    def __init__(self, problem: str, wait: float | None = None, unreachable: bool = False) -> None:
        super().__init__(problem)
        self.wait = wait
        self.unreachable = unreachable


@dataclass
class KoladaClient:
    """A connection to the API at ``base`` (https://api.kolada.se/v3); ``tell`` hears why something is asked again."""

    base: str
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    tell: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        self._http = httpx.Client(timeout=self.patience.time_out, headers={"Accept": "application/json"})
        self._asked_at = 0.0

    def whole_answer(self, question: Question) -> list[Page]:
        """All pages of one question, asked again from the first when they don't fit together.

        Raises NotAnsweredError, or ClosedError and ShapeChangedError when it is no use to ask for anything else either.
        """
        return self._again(lambda: self._pages(question), _WHOLE_ANSWERS_TRIED)

    def _pages(self, question: Question) -> list[Page]:
        start = httpx.URL(self.base.rstrip("/") + question.address)
        pages: list[Page] = []
        asked, address = set(), start
        while True:
            asked.add(address)
            page = self._again(partial(self._page, question.kind, address), self.patience.attempts)
            pages.append(page)
            if page.next_url is None:
                break
            # A link may be relative, or name the host behind a proxy: only its path and query count.
            address = address.join(page.next_url).copy_with(scheme=start.scheme, host=start.host, port=start.port)
            if address in asked or not page.rows:
                raise _AgainError(f"the pages lead in a circle at {address}")
        _refuse_torn(question, pages)
        if question.kind == "data":
            _refuse_strangers(question, pages)
        return pages

    def _page(self, kind: str, url: httpx.URL) -> Page:
        body = self._get(url)
        if body.lstrip().startswith(b"<"):
            raise _AgainError("a web page came instead of an answer; log in where your network asks for it")
        try:
            return read_page(kind, body)
        except ValueError as error:
            raise _AgainError(str(error)) from error

    def _get(self, url: httpx.URL) -> bytes:
        self.sleep(max(0.0, self._asked_at + self.patience.pause - time.monotonic()))
        self._asked_at = time.monotonic()
        try:
            with self._http.stream("GET", url) as response:
                body = self._body(response)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _AgainError(f"no connection ({error})", unreachable=True) from error
        except httpx.TransportError as error:
            raise _AgainError(f"the answer broke off ({type(error).__name__})") from error
        _refuse_status(response, url, body)
        return body

    def _body(self, response: httpx.Response) -> bytes:
        """Read it all, yet not for ever: each byte of a slow drip comes in time, the whole doesn't."""
        parts = []
        for part in response.iter_bytes():
            parts.append(part)
            if time.monotonic() - self._asked_at > self.patience.whole_page:
                raise _AgainError(f"the answer was not whole after {self.patience.whole_page:g} s")
        return b"".join(parts)

    def _again(self, ask: Callable[[], _Answer], attempts: int) -> _Answer:
        retrying = Retrying(
            retry=retry_if_exception_type(_AgainError),
            stop=stop_after_attempt(attempts),
            wait=self._wait,
            sleep=self.sleep,
            before_sleep=self._tell_of_waiting,
            reraise=True,
        )
        try:
            return retrying(ask)
        except _AgainError as error:
            kind = UnreachableError if error.unreachable else NotAnsweredError
            raise kind(str(error)) from error

    def _tell_of_waiting(self, state: RetryCallState) -> None:
        problem = state.outcome.exception() if state.outcome else None
        self.tell(f"{problem}; asking again in {state.upcoming_sleep:.0f} s")

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        named = getattr(error, "wait", None)
        if named is not None:
            return min(float(named), _LONGEST_WAIT)
        return float(
            wait_exponential_jitter(multiplier=self.patience.first_wait, max=60, jitter=self.patience.first_wait)(state)
        )


def _refuse_status(response: httpx.Response, url: httpx.URL, body: bytes) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    said = " ".join(body[:200].decode(errors="replace").split())
    if status == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        raise _AgainError(f"Kolada answered {status} {said}", _seconds(response.headers.get("Retry-After")))
    if status in (httpx.codes.GONE, httpx.codes.NOT_FOUND) or response.is_redirect:
        moved = response.headers.get("Location")
        leads = f"leads to {moved} (log in there if it is a login of your network)" if moved else said
        raise ClosedError(f"Kolada answered {status} {response.reason_phrase} at {url}: {leads}")
    raise NotAnsweredError(f"Kolada refused the question with {status} {said}")


def _seconds(retry_after: str | None) -> float | None:
    """The header Retry-After in seconds, which gives a number or a time of day; None where it says nothing usable."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (moment - dt.datetime.now(tz=dt.UTC)).total_seconds())


def _refuse_torn(question: Question, pages: list[Page]) -> None:
    """Pages that repeat a figure were cut while Kolada changed: another one may have slipped between them."""
    seen = set()
    for page in pages:
        for key in page.keys(question.kind):
            if key in seen:
                raise _AgainError(f"the pages give {', '.join(map(str, key))} twice")
            seen.add(key)


def _refuse_strangers(question: Question, pages: list[Page]) -> None:
    """An answer to another question must not pass for ours."""
    asked = {*question.kpi_ids, *question.area_ids}
    answered = {row[name] for page in pages for row in page.rows for name in ("kpi", "municipality")}
    if answered - asked:
        raise _AgainError(f"the answer is about {', '.join(sorted(answered - asked)[:3])}, which was not asked for")
