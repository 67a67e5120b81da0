"""dbt as a process: ``python -m kommunlager.building.dbt_process build …`` prints dbt's events, one line of JSON each.

dbt's own loggers format every event before they look at its level, which takes a tenth of its time: of a build's twelve
thousand events, all but a thousand are for debugging. Here they are dropped first.

The process ends when its standard input is closed, which the system does when the parent is killed.
"""

import gc
import os
import sys
import threading

from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventLevel, EventMsg
from dbt_common.events.functions import msg_to_json

_WITHOUT_LOGGERS = ("--log-level", "none", "--log-level-file", "none")
_PRINTED = {EventLevel.INFO.value, EventLevel.WARN.value, EventLevel.ERROR.value}
_EXIT_FAILED, _EXIT_NOT_STARTED = 1, 2


def run(arguments: list[str]) -> int:
    """dbt's exit code."""
    result = dbtRunner(callbacks=[_print_event]).invoke([*arguments, *_WITHOUT_LOGGERS])
    if result.exception:
        return _EXIT_NOT_STARTED
    return 0 if result.success else _EXIT_FAILED


def _print_event(event: EventMsg) -> None:
    if event.info.level in _PRINTED:
        print(msg_to_json(event), flush=True)


def _end_with_parent() -> None:
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    # dbt creates many objects when it starts and drops few: the default garbage collection takes a sixth of its start.
    gc.set_threshold(50_000)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.exit(run(sys.argv[1:]))
