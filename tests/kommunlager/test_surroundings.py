"""Commands in an unsuitable environment: each says what is wrong and what to do, without a stack trace."""

from collections.abc import Callable

import httpx
import pytest

from ingest.kolada.client import ClosedError, KoladaClient, NotAnsweredError, Patience
from ingest.kolada.questions import Question
from tests.support.installation import TrialInstallation


@pytest.mark.parametrize(
    ("words", "variables", "exit_code", "expected"),
    [
        ("ingest", {"KOMMUNLAGER_DATA": "/made_up"}, 3, "There is no folder /made_up."),
        ("ingest", {"KOMMUNLAGER_MEMORY_LIMIT": "1MB"}, 1, "Step ingest: DuckDB needs more than its share of"),
        ("check", {}, 4, "Nothing is loaded yet. Run `kommunlager ingest` first."),
        ("build", {}, 5, "Nothing is loaded yet. Run `kommunlager ingest` first."),
        ("kolada sync", {"KOMMUNLAGER_KOLADA_URL": "kolada"}, 2, "KOMMUNLAGER_KOLADA_URL is 'kolada'."),
        ("kolada sync", {"KOMMUNLAGER_KOLADA_FIRST_WAIT": "soon"}, 2, "KOMMUNLAGER_KOLADA_FIRST_WAIT is 'soon'."),
        (
            "kolada sync",
            {"ALL_PROXY": "socks5://127.0.0.1:9"},
            2,
            "The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY",
        ),
    ],
)
def test_an_unsuitable_environment_is_reported(
    installation: TrialInstallation, words: str, variables: dict[str, str], exit_code: int, expected: str
) -> None:
    run = installation.kommunlager(*words.split(), **variables)
    assert run.returncode == exit_code
    assert expected in run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_a_terminal_without_a_letter_does_not_stop_a_command(installation: TrialInstallation) -> None:
    run = installation.kommunlager("read", "--help", PYTHONIOENCODING="koi8-r")
    assert run.returncode == 0, run.stderr
    assert "FILE?" in run.stdout


def ask(answer: Callable[[httpx.Request], httpx.Response]) -> None:
    client = KoladaClient("http://made.up/v3", Patience(first_wait=0), sleep=lambda _: None)
    client._http = httpx.Client(transport=httpx.MockTransport(answer))
    client.whole_answer(Question(kind="kpi"))


def test_the_login_of_a_network_is_not_taken_for_kolada() -> None:
    with pytest.raises(NotAnsweredError, match="a web page came instead of data; log in"):
        ask(lambda _: httpx.Response(200, html="<html>made up</html>"))
    with pytest.raises(ClosedError, match=r"redirects to http://made.up/login \(log in there"):
        ask(lambda _: httpx.Response(302, headers={"Location": "http://made.up/login"}))
