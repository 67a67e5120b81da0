"""Keeps one unsound file from stopping the others: finds the files at fault, sets them aside, and tries again.

The checks on ``raw`` and on the marts name the documents. So does a failed build whose failed data tests return a
``document_id`` or ids of figures; otherwise the files at fault are found by trial. Only a file whose present version
has never been published can be at fault: if a published version fails, or a check still names a file of which nothing
is loaded, the code or seeds are at fault.
"""

from collections.abc import Callable

from kommunlager.building.dbt import BuildFailedError, documents_at_fault, passes
from kommunlager.building.dbt_results import NodeResult
from kommunlager.errors import DocumentsAtFaultError
from kommunlager.inputs.files import InputFile, Inputs, open_inputs
from kommunlager.installation import Installation

_KINDS_THAT_READ_INPUT = ("model", "test")
_LONGEST_REASON = 400


def setting_aside(
    installation: Installation, do: Callable[[], str], before_again: Callable[[], str] | None = None
) -> str:
    """Run a step until no file is at fault; returns its report, with a line for each file set aside.

    ``before_again`` is called each time files have been set aside. A failure with no file at fault is raised.
    """
    lines: list[str] = []
    while True:
        try:
            return "\n".join([do(), *lines])
        except DocumentsAtFaultError as failure:
            lines += _set_aside_documents(installation, failure)
        except BuildFailedError as failure:
            lines += _set_aside_unsound(installation, failure)
        if before_again:
            before_again()


def _set_aside_documents(installation: Installation, failure: DocumentsAtFaultError) -> list[str]:
    with open_inputs(installation) as inputs:
        reasons = {inputs.report(document): reason for document, reason in failure.reasons.items()}
        gone = {kept.file for kept in inputs.all_set_aside() if not kept.has_earlier_version}
        if inputs.published().intersection(reasons) or gone.issuperset(reasons):
            raise failure
        return _set_aside(inputs, reasons)


def _set_aside_unsound(installation: Installation, failure: BuildFailedError) -> list[str]:
    if not failure.failed or any(result.kind not in _KINDS_THAT_READ_INPUT for result in failure.failed):
        raise failure
    with open_inputs(installation) as inputs:
        suspects = inputs.unpublished()
    reasons = documents_at_fault(installation, failure.failed)
    with open_inputs(installation) as inputs:
        found = {inputs.report(document): reason for document, reason in reasons.items()}
        if found and suspects.issuperset(found):
            return _set_aside(inputs, found)
    unsound = _find_by_trial(installation, sorted(suspects), failure.failed)
    with open_inputs(installation) as inputs:
        if not unsound or not inputs.has_reports():
            inputs.admit(unsound)
            raise failure
        first = failure.failed[0]
        reason = f"dbt fails with it in {first.selector}: {' '.join(first.message.split())}"
        return _set_aside(inputs, dict.fromkeys(unsound, reason[:_LONGEST_REASON]))


def _set_aside(inputs: Inputs, reasons: dict[InputFile, str]) -> list[str]:
    inputs.set_aside(reasons)
    return [f"set aside: {kept.line()}" for kept in inputs.all_set_aside() if kept.file in reasons]


def _find_by_trial(installation: Installation, suspects: list[InputFile], failed: list[NodeResult]) -> list[InputFile]:
    """The suspects that make the failed nodes fail again: half of them at a time are loaded on top of the sound files.

    The others stay loaded; so do all of them if no suspect is at fault.
    """
    _change(installation, Inputs.withdraw, suspects)
    if not suspects or not passes(installation, failed):
        _change(installation, Inputs.admit, suspects)
        return []

    def unsound_among(files: list[InputFile]) -> list[InputFile]:
        _change(installation, Inputs.admit, files)
        if passes(installation, failed):
            return []
        _change(installation, Inputs.withdraw, files)
        if len(files) == 1:
            return files
        return [*unsound_among(files[: len(files) // 2]), *unsound_among(files[len(files) // 2 :])]

    if len(suspects) == 1:
        return suspects
    return [*unsound_among(suspects[: len(suspects) // 2]), *unsound_among(suspects[len(suspects) // 2 :])]


def _change(
    installation: Installation, change: Callable[[Inputs, list[InputFile]], None], files: list[InputFile]
) -> None:
    """Withdraw or admit files and then close the database, so that dbt can open it."""
    with open_inputs(installation) as inputs:
        change(inputs, files)
