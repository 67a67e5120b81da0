"""Runs as a scheduler sees them: one at a time, exit codes, log, record, history, and no unnecessary work."""

import json
import os
import re
import shutil
from pathlib import Path

import duckdb
from filelock import FileLock

from kommunlager import errors
from kommunlager.inputs.hashes import hash_inputs
from kommunlager.installation import Installation
from tests.support.installation import PROJECT, TrialInstallation


def test_unchanged_input_does_no_work_and_says_so(released: TrialInstallation) -> None:
    before = os.readlink(released.work / "published")
    again = released.kommunlager("run")
    assert again.returncode == 8, again.stdout + again.stderr
    assert "Nothing has changed" in again.stdout
    assert os.readlink(released.work / "published") == before
    assert released.runs()[-1]["outcome"] == "nothing_new"
    assert released.runs()[-1]["steps"] == []


def test_each_kind_of_input_counts(tmp_path: Path) -> None:
    parts = ("seeds", "models", "macros", "tests/singular", "ingest", "kommunlager")
    for part in parts:
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dbt_project.yml", "profiles.yml", "requirements.lock"):
        shutil.copy(PROJECT / name, tmp_path)
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    paths = Installation(project=tmp_path, data=tmp_path / "data", work=tmp_path)
    seen = [hash_inputs(paths)]
    changed = [
        "seeds/units.csv",
        "models/marts/changes/series.sql",
        "kommunlager/cli.py",
        "requirements.lock",
        "data/reports/mark_arsrapport_2023.xlsx",
        "state/kolada/made_up_page.json",
    ]
    for name in changed:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        with (tmp_path / name).open("a") as file:
            file.write("\n")
        seen.append(hash_inputs(paths))
    assert len(set(seen)) == len(changed) + 1
    (tmp_path / "data/reports/~$mark_arsrapport_2023.xlsx").write_text("Excel's own mark that it is open")
    assert hash_inputs(paths) == seen[-1]


def test_a_second_run_says_who_holds_the_lock_and_leaves(released: TrialInstallation) -> None:
    waits = "import kommunlager.steps, time; kommunlager.steps.publish_release = lambda *_: time.sleep(60)"
    first = released.start("publish", before=waits)
    holder = released.work / "state" / "run.holder.json"
    holder.unlink()
    while not holder.exists():
        assert first.poll() is None
    second = released.kommunlager("run")
    first.kill()
    first.communicate()
    assert second.returncode == 7
    assert f"kommunlager publish, process {first.pid} on {os.uname().nodename}, since 20" in second.stderr
    assert released.publish().returncode == 0  # What a killed process leaves never blocks the next run.


def test_the_lock_is_what_counts_and_not_the_note_beside_it(released: TrialInstallation) -> None:
    (released.work / "state" / "run.holder.json").unlink()
    with FileLock(released.work / "state" / "run.lock"):
        second = released.publish()
    assert second.returncode == 7
    assert "Another run is in progress" in second.stderr


def test_a_run_leaves_a_log_a_record_and_a_summary(built: TrialInstallation) -> None:
    record = built.runs()[0]
    run_id = record["run_id"]
    assert (record["outcome"], record["exit_code"], record["failed_step"]) == ("ok", 0, None)
    steps = [step["step"] for step in record["steps"]]
    assert steps[0] == "ingest"
    assert steps[-1] == "publish"
    lines = [json.loads(line) for line in (built.work / "state" / "logs" / f"{run_id}.jsonl").read_text().splitlines()]
    assert {line["run_id"] for line in lines} == {run_id}
    assert [line["event"] for line in lines] == ["run began", *["step done"] * len(steps), "run ended"]
    summary = (built.work / "state" / "runs" / run_id / "summary.txt").read_text()
    assert summary.startswith("Kommunlager: ok (run, ")
    assert "Mark, Nettokostnad: prognosen för 2025 är 12,7 mnkr (2,9 %) sämre än budget" in summary


def test_failures_are_in_record_summary_and_history(installation: TrialInstallation) -> None:
    workbook = installation.data / "reports" / "mark_arsrapport_2023.xlsx"
    whole = workbook.read_bytes()
    assert installation.kommunlager("ingest").returncode == 0
    workbook.write_bytes(whole[: len(whole) // 2])  # as it is while another program writes it
    run = installation.kommunlager("ingest")
    assert run.returncode == 3
    assert "mark_arsrapport_2023.xlsx: can't be opened as an Excel workbook" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert not installation.published.exists()
    record = installation.runs()[-1]
    assert (record["outcome"], record["failed_step"]) == ("data_refused", "ingest")
    summary = (installation.work / "state" / "runs" / record["run_id"] / "summary.txt").read_text()
    assert summary.startswith("Kommunlager: data refused (ingest, ")
    assert "mark_arsrapport_2023.xlsx: can't be opened as an Excel workbook" in summary

    with duckdb.connect(str(installation.working_database), read_only=True) as connection:
        rows = "select count(*) from raw.report_cells where document_id = 'mark_arsrapport_2023'"
        assert connection.execute(rows).fetchone()[0] > 50  # The earlier version is still loaded.
    workbook.write_bytes(whole)
    assert installation.kommunlager("ingest").returncode == 0
    with duckdb.connect(str(installation.working_database), read_only=True) as connection:
        history = connection.execute("select command, outcome from raw.pipeline_runs order by run_id").fetchall()
    assert history == [("ingest", "ok"), ("ingest", "data_refused"), ("ingest", "under_way")]


def test_the_history_mart_knows_its_own_run(built: TrialInstallation) -> None:
    runs = built.query("select run_id, command, outcome, outcome_sv, exit_code from marts.pipeline_runs")
    release = built.query("select run_id from marts.release")
    assert runs == [(release[0][0], "run", "under_way", "Pågår", None)]
    assert built.query("select step, is_done from marts.pipeline_run_steps") == [("ingest", False)]


def test_something_unforeseen_ends_without_a_stack_trace_and_is_in_the_log(released: TrialInstallation) -> None:
    broken = "import kommunlager.steps; kommunlager.steps.publish_release = lambda *_: 1 / 0"
    run = released.kommunlager("publish", before=broken)
    assert run.returncode == 1
    assert "ZeroDivisionError" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    log = max((released.work / "state" / "logs").iterdir()).read_text()
    assert '"exc_type": "ZeroDivisionError"' in log
    assert released.runs()[-1]["outcome"] == "failed"


def test_a_polite_kill_is_recorded(released: TrialInstallation) -> None:
    waits = (
        "import kommunlager.steps as steps, os, signal, time\n"
        "steps.publish_release = lambda *_: (os.kill(os.getpid(), signal.SIGTERM), time.sleep(60))"
    )
    run = released.kommunlager("publish", before=waits)
    assert run.returncode == 130
    assert "interrupted. The published release is unchanged" in run.stderr
    assert released.runs()[-1]["outcome"] == "interrupted"


def test_a_working_database_that_cannot_be_read_is_set_aside(installation: TrialInstallation) -> None:
    installation.working_database.parent.mkdir(parents=True)
    installation.working_database.write_bytes(b"no database" * 1000)
    assert installation.kommunlager("ingest").returncode == 0
    assert installation.working_database.with_name("warehouse.duckdb.unreadable").is_file()


def test_every_exit_code_is_in_the_help(built: TrialInstallation) -> None:
    help_text = built.kommunlager("--help").stdout
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert len(codes) > 9
    for code in codes:
        assert re.search(rf"^ *{code}  +\w", help_text, flags=re.MULTILINE), code
