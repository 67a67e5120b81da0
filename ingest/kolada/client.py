"""Queries Kolada at a polite pace, retries what may succeed, and never accepts part of a response."""

import datetime as dt
import email.utils
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from ingest.kolada.limits import LARGEST_PAGE, MOST_PAGES
from ingest.kolada.questions import Question
from ingest.kolada.shapes import Page, read_page, row_keys

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
    """A question has no complete response after all retries; the next question may get one."""


class UnreachableError(NotAnsweredError):
    """There is no connection to Kolada."""


class ClosedError(Exception):
    """Kolada reports that this API is gone or has moved; further questions are pointless."""


class _RetryError(Exception):
    """The request may be repeated, after ``wait`` seconds if Kolada gives a time."""

    def __init__(self, problem: str, wait: float | None = None, unreachable: bool = False) -> None:
        super().__init__(problem)
        self.wait = wait
        self.unreachable = unreachable


@dataclass
class KoladaClient:
    """A connection to the API at ``base`` (https://api.kolada.se/v3); ``on_retry`` gets the reason for each retry."""

    base: str
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    on_retry: Callable[[str], None] = lambda _: None

    def __post_init__(self) -> None:
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        self._http = httpx.Client(timeout=self.patience.time_out, headers=headers)
        self._asked_at = 0.0
        self._server_time: dt.datetime | None = None

    def now(self) -> dt.datetime:
        """The time (UTC) of the server's last response, since the clock of this machine may be wrong."""
        return self._server_time or dt.datetime.now(tz=dt.UTC)

    def whole_answer(self, question: Question) -> list[Page]:
        """All pages of one question, fetched again from the first if they don't fit together.

        Raises NotAnsweredError, or ClosedError or ShapeChangedError if no other question will succeed either.
        """
        return self._again(lambda: self._pages(question), _WHOLE_ANSWERS_TRIED)

    def log_in(self, user: str, password: str) -> None:
        """Send a user and a password with each request; an address with them would end up in messages."""
        self._http.auth = (user, password)

    def _pages(self, question: Question) -> list[Page]:
        start = httpx.URL(self.base.rstrip("/") + question.address)
        pages: list[Page] = []
        asked, seen, address = set(), set[tuple[str, ...]](), start
        while True:
            asked.add(address)
            page = self._following(question.kind, address) if pages else self._retried_page(question.kind, address)
            _refuse_torn(question, page, seen)
            pages.append(page)
            if page.next_url is None:
                break
            address = _next_address(start, address, page.next_url)
            if address in asked or not page.rows:
                raise _RetryError(f"the pages link back to {address}")
            if len(pages) == MOST_PAGES:
                raise _RetryError(f"the response has more than {MOST_PAGES} pages")
        if question.kind == "data":
            _refuse_strangers(question, pages)
        return pages

    def _following(self, kind: str, address: httpx.URL) -> Page:
        """A page that another one links to. If it is gone, the response has changed, not the API."""
        try:
            return self._retried_page(kind, address)
        except ClosedError as error:
            raise _RetryError(f"the next page is missing: {error}") from error

    def _retried_page(self, kind: str, address: httpx.URL) -> Page:
        return self._again(partial(self._page, kind, address), self.patience.attempts)

    def _page(self, kind: str, url: httpx.URL) -> Page:
        body, sent_at = self._get(url)
        if body.lstrip().startswith(b"<"):
            raise _RetryError("a web page came instead of data; log in if your network requires it")
        try:
            page = read_page(kind, body)
        except ValueError as error:
            raise _RetryError(str(error)) from error
        self._server_time = sent_at
        return page

    def _get(self, url: httpx.URL) -> tuple[bytes, dt.datetime | None]:
        self.sleep(max(0.0, self._asked_at + self.patience.pause - time.monotonic()))
        self._asked_at = time.monotonic()
        try:
            with self._http.stream("GET", url) as response:
                body = self._body(response)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _RetryError(f"no connection ({error})", unreachable=True) from error
        except httpx.TransportError as error:
            raise _RetryError(f"the response was cut off ({type(error).__name__})") from error
        except httpx.DecodingError as error:
            raise _RetryError(f"the response can't be unpacked ({error})") from error
        _refuse_status(response, url, body)
        return body, _moment(response.headers.get("Date"))

    def _body(self, response: httpx.Response) -> bytes:
        """Read the whole body within a limit of size and one of time, which a slow trickle would never exceed per read.

        Only gzip is unpacked: other encodings, and several on top of each other, can expand a thousand times more.
        """
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip"):
            raise _RetryError(f"the response is packed as {encoding[:40]}, which was not requested")
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if max(size, response.num_bytes_downloaded) > LARGEST_PAGE:
                raise _RetryError(f"the response is larger than {LARGEST_PAGE // 1_000_000} MB")
            if time.monotonic() - self._asked_at > self.patience.whole_page:
                raise _RetryError(f"the response was not complete after {self.patience.whole_page:g} s")
        return b"".join(parts)

    def _again(self, ask: Callable[[], _Answer], attempts: int) -> _Answer:
        retrying = Retrying(
            retry=retry_if_exception_type(_RetryError),
            stop=stop_after_attempt(attempts),
            wait=self._wait,
            sleep=self.sleep,
            before_sleep=self._report_waiting,
            reraise=True,
        )
        try:
            return retrying(ask)
        except _RetryError as error:
            kind = UnreachableError if error.unreachable else NotAnsweredError
            raise kind(str(error)) from error

    def _report_waiting(self, state: RetryCallState) -> None:
        problem = state.outcome.exception() if state.outcome else None
        self.on_retry(f"{problem}; retrying in {state.upcoming_sleep:.0f} s")

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
        raise _RetryError(f"Kolada answered {status} {said}", _seconds(response.headers.get("Retry-After")))
    if status in (httpx.codes.GONE, httpx.codes.NOT_FOUND) or response.is_redirect:
        moved = response.headers.get("Location")
        explanation = f"redirects to {moved} (log in there if it is your network's login page)" if moved else said
        raise ClosedError(f"Kolada answered {status} {response.reason_phrase} at {url}: {explanation}")
    raise NotAnsweredError(f"Kolada refused the request with {status} {said}")


def _seconds(retry_after: str | None) -> float | None:
    """The header Retry-After in seconds, given as a number or a time of day; None if it is unusable."""
    if retry_after and retry_after.strip().isdecimal():
        return float(retry_after)
    moment = _moment(retry_after)
    return max(0.0, (moment - dt.datetime.now(tz=dt.UTC)).total_seconds()) if moment else None


def _moment(http_date: str | None) -> dt.datetime | None:
    """The time in a header, or None if it is missing or not a date."""
    try:
        moment = email.utils.parsedate_to_datetime(http_date or "")
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _next_address(start: httpx.URL, address: httpx.URL, link: str) -> httpx.URL:
    """The address of the next page. A link may be relative, or name a host behind a proxy: path and query count."""
    try:
        return address.join(link).copy_with(scheme=start.scheme, host=start.host, port=start.port)
    except (httpx.InvalidURL, ValueError) as error:
        raise _RetryError(f"the link to the next page is not an address: {link[:100]}") from error


def _refuse_torn(question: Question, page: Page, seen: set[tuple[str, ...]]) -> None:
    """Refuse pages that repeat a figure: Kolada changed between them, and another figure may be missing."""
    for key in row_keys(question.kind, page.rows):
        if key in seen:
            raise _RetryError(f"the pages contain {', '.join(key)} twice")
        seen.add(key)


def _refuse_strangers(question: Question, pages: list[Page]) -> None:
    """Refuse a response to another question."""
    asked = {*question.kpi_ids, *question.area_ids}
    answered = {row[name] for page in pages for row in page.rows for name in ("kpi", "municipality")}
    if answered - asked:
        raise _RetryError(f"the response is about {', '.join(sorted(answered - asked)[:3])}, which was not requested")
