"""The command ``kommunlager``: runs a subcommand and ends with its exit code, never with a stack trace."""

import sys

from kommunlager.runs.stopping import end_interrupted, stop_politely, was_asked_to_stop


def main() -> None:
    """Run the command; a failed step ends with its message and exit code."""
    try:
        # Before the imports, which take seconds.
        stop_politely()
        exit_code = _run_command()
    except BaseException as error:
        if not (was_asked_to_stop() or isinstance(error, KeyboardInterrupt)):
            raise
        end_interrupted()
    if was_asked_to_stop():
        end_interrupted()
    sys.exit(exit_code)


def _run_command() -> int:
    """The exit code of the command, after its message if it failed."""
    import click

    from kommunlager.commands.group import commands
    from kommunlager.errors import EXIT_UNEXPECTED, StepFailedError, os_error_message
    from kommunlager.runs.output import say

    _show_unknown_letters_as_question_marks()
    try:
        return commands(prog_name="kommunlager", standalone_mode=False) or 0
    except StepFailedError as failure:
        message, exit_code = str(failure), failure.exit_code
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code
    except click.Abort as interruption:
        raise KeyboardInterrupt from interruption
    except OSError as error:
        message, exit_code = os_error_message(error), EXIT_UNEXPECTED
    if not was_asked_to_stop():
        say(f"kommunlager: {message}", to_errors=True)
    return exit_code


def _show_unknown_letters_as_question_marks() -> None:
    from io import TextIOWrapper

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
