"""Reads a report in a process of its own, so that no file takes more time and memory than the limits.

Files made to exhaust their reader, and those that crash a library, are refused in one message.
"""

import resource
import signal
from collections.abc import Callable, Collection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.errors import InputRefusedError
from ingest.reading.limits import MOST_MEGABYTES, MOST_SECONDS
from ingest.reading.report import Reading, read_report

OnPage = Callable[[int, int], None]

_IN_USE = Path("/proc/self/statm")
_REMEDY = "If it opens as usual, save the pages with tables as a PDF of their own, or ask for the report in Word."
_OUT_OF_MEMORY = f"needs more than the {MOST_MEGABYTES} MB of memory that a report may take."
_OUT_OF_TIME = f"takes more than the {MOST_SECONDS} seconds of processor time that a page may take."
_CRASHED = "stopped the library that opens such files: it is damaged, or needs more memory than a report may take."


def read_report_apart(path: Path, on_page: OnPage, known_labels: Collection[str] = ()) -> Reading:
    """Do what ``read_report`` does in a process of its own.

    Also raises InputRefusedError for a file that exceeds the limits or crashes its reader.
    """
    # A forked process has all modules loaded, and needs a tenth of the time of a new one.
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, path, known_labels))
    process.start()
    sender.close()
    reached = 0
    try:
        while isinstance(answer := receiver.recv(), tuple):
            reached = answer[0]
            on_page(*answer)
    except EOFError:
        process.join()
        problem = _OUT_OF_TIME if process.exitcode == -signal.SIGXCPU else _CRASHED
        answer = InputRefusedError(path, problem, _REMEDY, f"page {reached}" if reached else "")
    finally:
        process.kill()
        process.join()
    if isinstance(answer, Reading):
        return answer
    raise answer


def _answer(sender: Connection, path: Path, known_labels: Collection[str]) -> None:
    """Send each page that is reached, and finally the reading or the error."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory()

    def on_reached(page: int, pages: int) -> None:
        _limit_time()
        sender.send((page, pages))

    _limit_time()
    answer: Reading | InputRefusedError
    try:
        answer = read_report(path, on_reached, known_labels)
    except MemoryError:
        answer = InputRefusedError(path, _OUT_OF_MEMORY, _REMEDY)
    except InputRefusedError as error:
        answer = error
    sender.send(answer)


def _limit_memory() -> None:
    """Limit the memory taken beyond what the process has already; only Linux says how much that is."""
    if _IN_USE.exists():
        in_use = int(_IN_USE.read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MOST_MEGABYTES * 1024**2, most))


def _limit_time() -> None:
    """Limit the time to the next page."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + MOST_SECONDS, most))
