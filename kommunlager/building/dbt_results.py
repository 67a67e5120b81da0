"""dbt's output: events while it runs, one line of JSON each, and the results that it writes at the end."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.files.whole import remove

_TRACE = "MainStackTrace"
_RESULTS = "run_results.json"
_DONE = ("success", "pass")
_FAILED = ("error", "fail", "runtime error", "partial success")


@dataclass(frozen=True)
class Event:
    """One line of dbt's output."""

    is_error: bool
    message: str
    progress: str | None

    @classmethod
    def read(cls, line: str) -> "Event":
        """The event of a line; a line that is not JSON was written by whatever stopped dbt."""
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            return cls(is_error=True, message=line.rstrip(), progress=None)
        info = event["info"]
        is_error = info["level"] == "error" and info["name"] != _TRACE
        return cls(is_error, info["msg"], _progress(info["name"], event["data"]))


def _progress(name: str, facts: dict[str, Any]) -> str | None:
    """``12 of 416`` when a node finishes."""
    is_node_done = name.startswith("Log") and name.endswith("Result") and facts.keys() >= {"index", "total"}
    return f"{facts['index']} of {facts['total']}" if is_node_done else None


@dataclass(frozen=True)
class NodeResult:
    """The result of one seed, model or test; ``sql`` is what dbt ran, empty if it ran nothing."""

    kind: str
    name: str
    status: str
    message: str
    sql: str

    @property
    def is_done(self) -> bool:
        """Whether it was built or passed."""
        return self.status in _DONE

    @property
    def is_failed(self) -> bool:
        """Whether it stops the build; nodes after a failed one are skipped, which is neither."""
        return self.status in _FAILED

    @property
    def is_failed_data_test(self) -> bool:
        """Whether it is a data test whose ``sql`` returns the rows at fault."""
        return self.kind == "test" and self.status == "fail" and bool(self.sql)

    @property
    def selector(self) -> str:
        """Its name for dbt's ``--select``; the name of a generic test excludes the hash at the end of its id."""
        return self.name.split(".")[0]


def forget_results(target: Path) -> None:
    """Remove the results of the previous build, which would remain if this one ends early."""
    remove(target / _RESULTS)


def read_results(target: Path) -> list[NodeResult]:
    """The results of the build; none if it ended before its first node, or could not write them whole."""
    path = target / _RESULTS
    try:
        results = json.loads(path.read_bytes())["results"] if path.is_file() else []
    except ValueError:
        return []
    return [_node_result(result) for result in results]


def _node_result(result: dict[str, Any]) -> NodeResult:
    kind, _, name = result["unique_id"].split(".", 2)
    return NodeResult(kind, name, result["status"], result["message"] or "", result["compiled_code"] or "")
