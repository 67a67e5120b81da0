"""What is shown, logged and mailed: no control characters of files and servers, and no passwords."""

import pytest

from kommunlager.runs.output import clean, cleaned
from tests.support.installation import PROJECT, TrialInstallation

PASSWORD = "made-up-secret"  # noqa: S105


def left_behind(installation: TrialInstallation) -> str:
    """Records, summaries, logs and everything else that a command wrote to state/."""
    files = [path for path in (installation.work / "state").rglob("*") if path.is_file()]
    assert any(path.name == "summary.txt" for path in files)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;made up\x07röd\x9b31m", "[2J]0;made upröd31m"),
        ("10\r99\b\u202eabc", "1099abc"),
        ("två\n\trader", "två\n\trader"),
        (f"https://controller:{PASSWORD}@example.org/v3?x=1", "https://controller:***@example.org/v3?x=1"),
        ("postgresql://a:b@c@example.org/db", "postgresql://a:***@example.org/db"),
        (f"host=db password={PASSWORD} user=x", "host=db password=*** user=x"),
        (r"password='made up\'s' user=x", "password=*** user=x"),
        ("skriv till info@example.org kl 10:30", "skriv till info@example.org kl 10:30"),
    ],
)
def test_control_characters_and_passwords_are_taken_out(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert cleaned({"steps": [{"report": text}], "seconds": 1.5}) == {"steps": [{"report": shown}], "seconds": 1.5}


def test_a_password_of_the_environment_is_hidden_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("HTTPS_PROXY", "http://made-up:other%40secret@proxy:8080")
    assert clean(f"role {PASSWORD} other@secret other%40secret") == "role *** *** ***"


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_a_password_in_kolada_s_address_reaches_no_file_and_no_terminal(
    installation: TrialInstallation, scheme: str
) -> None:
    address = f"{scheme}://controller:{PASSWORD}@127.0.0.1:9/v3"
    run = installation.kommunlager(
        "kolada", "sync", KOMMUNLAGER_KOLADA_URL=address, KOMMUNLAGER_KOLADA_FIRST_WAIT="0.01"
    )
    assert run.returncode == (9 if scheme == "http" else 2)
    assert "127.0.0.1:9/v3" in run.stderr
    assert PASSWORD not in run.stdout + run.stderr + left_behind(installation)


def test_the_password_is_still_sent_to_kolada(monkeypatch: pytest.MonkeyPatch) -> None:
    from kommunlager.commands.kolada_sync import kolada_client

    monkeypatch.setenv("KOMMUNLAGER_KOLADA_URL", f"http://controller:{PASSWORD}@made.up/v3")
    client = kolada_client()
    assert client.base == "http://made.up/v3"
    request = next(client._http.auth.auth_flow(client._http.build_request("GET", "http://made.up/v3/kpi")))
    assert request.headers["Authorization"].startswith("Basic ")


def test_a_password_with_an_at_sign_is_not_looked_up_as_a_host(installation: TrialInstallation) -> None:
    run = installation.kommunlager("publish", KOMMUNLAGER_POSTGRES=f"postgresql://x:made@{PASSWORD}@db/marts")
    assert run.returncode == 2
    assert "Write %40 instead" in run.stderr
    assert PASSWORD not in run.stdout + run.stderr


def test_the_name_of_a_file_can_t_steer_the_terminal(installation: TrialInstallation) -> None:
    (installation.data / "reports" / "made\x1b[2J\rup.xlsx").write_bytes(b"no workbook")
    run = installation.kommunlager("ingest")
    assert run.returncode == 3
    assert "made[2Jup.xlsx: can't be opened as an Excel workbook" in run.stderr
    assert not {"\x1b", "\r"} & set(run.stdout + run.stderr + left_behind(installation).replace("\\u001b", "\x1b"))


def test_everything_is_said_through_the_filter() -> None:
    """Only the filter itself, and the progress that erases itself, print directly."""
    direct = {
        path.relative_to(PROJECT).as_posix()
        for folder in ("kommunlager", "ingest")
        for path in (PROJECT / folder).rglob("*.py")
        if "click.echo(" in path.read_text(encoding="utf-8")
    }
    assert direct == {"kommunlager/runs/output.py", "kommunlager/steps.py"}
