"""How a step says that it could not be done, and with which exit code the command ends."""

EXIT_DATA_REFUSED = 3
EXIT_CHECKS_FAILED = 4
EXIT_BUILD_FAILED = 5
EXIT_NOT_PUBLISHED = 6
EXIT_ALREADY_RUNNING = 7


class StepFailedError(Exception):
    """A step of the main job failed; the message is for the person who ran it."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code
