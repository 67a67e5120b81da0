"""How a step says that it could not be done, and what the command's exit codes mean."""

EXIT_OK = 0
EXIT_UNEXPECTED = 1
EXIT_WRONG_USE = 2
EXIT_DATA_REFUSED = 3
EXIT_CHECKS_FAILED = 4
EXIT_BUILD_FAILED = 5
EXIT_NOT_PUBLISHED = 6
EXIT_ALREADY_RUNNING = 7
EXIT_NOTHING_NEW = 8
EXIT_NOT_SYNCED = 9
EXIT_SET_ASIDE = 10
EXIT_INTERRUPTED = 130

# The outcome of a run in one word, as records, logs and the mart pipeline_runs have it.
OUTCOMES = {
    EXIT_OK: "ok",
    EXIT_UNEXPECTED: "failed",
    EXIT_WRONG_USE: "failed",
    EXIT_DATA_REFUSED: "data_refused",
    EXIT_CHECKS_FAILED: "checks_failed",
    EXIT_BUILD_FAILED: "build_failed",
    EXIT_NOT_PUBLISHED: "not_published",
    EXIT_NOTHING_NEW: "nothing_new",
    EXIT_NOT_SYNCED: "not_synced",
    EXIT_SET_ASIDE: "set_aside",
    EXIT_INTERRUPTED: "interrupted",
}


class StepFailedError(Exception):
    """A step of the main job failed; the message is for the person who ran it."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class DocumentsAtFaultError(StepFailedError):
    """A check failed because of single documents: ``reasons`` says for each ``document_id`` what is wrong with it."""

    def __init__(self, message: str, exit_code: int, reasons: dict[str, str]) -> None:
        super().__init__(message, exit_code)
        self.reasons = reasons
