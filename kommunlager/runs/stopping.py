"""Ends the process politely when it is asked to stop: SIGTERM (systemd, a container that stops) and Ctrl-C.

KeyboardInterrupt alone is not enough: libraries that are being imported, and DuckDB, lose it or turn it into errors of
their own. So the request is also remembered here, and whatever error follows is an interruption.
"""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

_MESSAGE = (
    "kommunlager: interrupted. The published release is unchanged, and what was fetched from Kolada is kept."
    " Run the same command to continue.\n"
)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class _Asked:
    """Whether somebody has asked the process to stop."""

    to_stop = False


def stop_politely() -> None:
    """From now on, a signal to stop raises KeyboardInterrupt; call it before anything that takes time."""
    for number in _SIGNALS:
        signal.signal(number, _interrupt)


def was_asked_to_stop() -> bool:
    """Whether a signal has arrived, also if the KeyboardInterrupt was lost."""
    return _Asked.to_stop


def end_interrupted() -> NoReturn:
    """Say so in one line and end the process."""
    # Imported late, so that nothing comes before ``stop_politely``.
    from kommunlager.errors import EXIT_INTERRUPTED

    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, RuntimeError, ValueError):
            stream.flush()
    with suppress(OSError):
        os.write(2, _MESSAGE.encode())
    # Ending as usual would wait for threads of libraries, and show what they say about the interruption.
    os._exit(EXIT_INTERRUPTED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _Asked.to_stop:
        end_interrupted()
    _Asked.to_stop = True
    # What cannot be raised, as in a destructor, would be printed.
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt
