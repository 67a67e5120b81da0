"""A release: its content, that all parts are of one state, and that readers never see half of one."""

import json
import os
import resource
import shutil
import stat
from pathlib import Path

import duckdb
import pytest

from tests.support.installation import ONLY_PUBLISH, PROJECT, WITHOUT_SITE, TrialInstallation


def manifest(installation: TrialInstallation) -> dict[str, object]:
    return dict(json.loads((installation.work / "published" / "release.json").read_text()))


def releases(installation: TrialInstallation) -> list[str]:
    return sorted(path.name for path in (installation.work / "releases").iterdir())


def test_a_release_is_what_its_manifest_says(built: TrialInstallation) -> None:
    built.assert_whole()
    rows = manifest(built)["rows"]
    with duckdb.connect() as connection:
        for mart, count in rows.items():
            parquet = str(built.work / "published" / "parquet" / f"{mart}.parquet")
            assert connection.execute("select count(*) from read_parquet(?)", [parquet]).fetchone() == (count,), mart
    assert built.query("select run_id from marts.release") == [(built.run_id,)]
    assert rows["reported_figures"] > 900


def test_the_published_file_says_truly_which_duckdb_can_read_it(built: TrialInstallation) -> None:
    oldest = manifest(built)["oldest_duckdb"]
    assert built.query("select tags from duckdb_databases() where not internal") == [
        ({"storage_version": f"v{oldest}+"},)
    ]


@pytest.mark.parametrize(
    ("setting", "file_mode", "folder_mode"),
    [("everyone", 0o444, 0o755), ("group", 0o440, 0o750), ("owner", 0o400, 0o700)],
)
def test_whom_the_setting_names_may_read_what_is_published_whatever_the_umask(
    released: TrialInstallation, setting: str, file_mode: int, folder_mode: int
) -> None:
    closed = WITHOUT_SITE + "import os; os.umask(0o077)\n"
    run = released.kommunlager("publish", before=closed, KOMMUNLAGER_PUBLISHED_FOR=setting)
    assert run.returncode == 0, run.stderr
    release = (released.work / "published").resolve()
    folders = [released.work / "releases", release, release / "parquet"]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {folder_mode}
    assert {stat.S_IMODE(file.stat().st_mode) for file in release.rglob("*") if file.is_file()} == {file_mode}


def test_a_release_from_a_closed_umask_is_readable_once_it_is_put_back(released: TrialInstallation) -> None:
    first = (released.work / "published").resolve()
    for folder in (first, *(path for path in first.rglob("*") if path.is_dir())):
        folder.chmod(0o700)
    assert released.publish().returncode == 0
    assert released.kommunlager("rollback").returncode == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in (first, first / "site", first / "parquet")} == {0o755}


def test_state_and_build_are_closed_to_others_and_a_new_work_folder_is_not(tmp_path: Path) -> None:
    installation = TrialInstallation(data=tmp_path / "data", work=tmp_path / "new" / "work")
    assert installation.kommunlager("rollback", before="import os; os.umask(0)\n").returncode == 6
    modes = {name: stat.S_IMODE((installation.work / name).stat().st_mode) for name in (".", "state", "build")}
    assert modes == {".": 0o755, "state": 0o770, "build": 0o770}
    (installation.work / "state").chmod(0o755)
    assert installation.kommunlager("rollback").returncode == 6
    assert stat.S_IMODE((installation.work / "state").stat().st_mode) == 0o750


def test_a_setting_for_readers_that_is_unknown_is_refused(released: TrialInstallation) -> None:
    run = released.kommunlager("publish", KOMMUNLAGER_PUBLISHED_FOR="all")
    assert run.returncode == 2
    assert "KOMMUNLAGER_PUBLISHED_FOR is 'all'. Use one of everyone, group, owner." in run.stderr


def test_the_published_file_holds_the_marts_and_their_descriptions(built: TrialInstallation) -> None:
    assert built.query("select distinct schema_name from duckdb_tables()") == [("marts",)]
    assert built.query("select view_name from duckdb_views() where not internal") == []
    undescribed = (
        "select table_name, column_name from duckdb_columns()"
        " where schema_name = 'marts' and coalesce(length(comment), 0) < 4"
    )
    assert built.query(undescribed) == []
    assert built.query("select table_name from duckdb_tables() where comment not like '%Grain: one row%'") == []


def test_a_published_file_needs_no_external_access_and_does_not_reveal_where_it_was_made(
    built: TrialInstallation, tmp_path: Path
) -> None:
    """Each text of each mart is searched: for the folders it was made in, the host, anything like an absolute path."""
    handed_out = shutil.copy(built.published, tmp_path)
    config = {"enable_external_access": "false"}
    own = [str(PROJECT), str(built.work), str(built.data), os.uname().nodename]
    with duckdb.connect(handed_out, read_only=True, config=config) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts' and data_type = 'VARCHAR'"
        ).fetchall()
        for table, column in columns:
            texts = connection.execute(f'select distinct "{column}" from marts."{table}"').fetchall()
            for (text,) in texts:
                assert not any(word in (text or "") for word in own), (table, column, text)
                assert not (text or "").startswith(("/", "~", "\\")), (table, column, text)
    assert not os.stat(built.published).st_mode & 0o222


def test_an_open_connection_keeps_the_old_release_and_a_new_one_gets_the_new_release(
    released: TrialInstallation,
) -> None:
    with duckdb.connect(str(released.published), read_only=True) as reader:
        before = reader.execute("select run_id from marts.release").fetchone()
        for _ in range(6):  # more than are kept, so that the file that is read has been dropped
            assert released.publish().returncode == 0
        assert before is not None
        assert before[0] not in releases(released)
        assert reader.execute("select run_id from marts.release").fetchone() == before
        assert reader.execute("select count(*) from marts.reported_figures").fetchone()[0] > 900
        with duckdb.connect(str(released.published), read_only=True) as again:  # in the same process
            assert again.execute("select run_id from marts.release").fetchone() == (releases(released)[-1],)
    assert len(releases(released)) == 5


def test_rollback_puts_a_release_back_and_it_stays(released: TrialInstallation) -> None:
    first = released.run_id
    assert released.kommunlager("run", "--force", before=ONLY_PUBLISH).returncode == 0
    second = released.run_id
    assert first != second
    assert released.kommunlager("rollback").returncode == 0
    assert released.run_id == first
    released.assert_whole()

    assert released.kommunlager("run").returncode == 8  # the release that was rolled back does not come back by itself
    assert released.run_id == first
    status = released.kommunlager("status").stdout
    assert f"{first}  <- " in status
    assert f"\n  {second}\n" in status

    beyond = released.kommunlager("rollback")
    assert beyond.returncode == 6
    assert f"no release before the published one. Kept releases: {second}, {first}" in beyond.stderr
    (released.work / "releases" / second / "warehouse.duckdb").unlink()
    damaged = released.kommunlager("rollback", second)
    assert damaged.returncode == 6
    assert "damaged (warehouse.duckdb)" in damaged.stderr
    assert released.run_id == first


@pytest.mark.parametrize("limit", [100_000, 3_000_000], ids=["in the first file", "in the DuckDB file"])
def test_a_full_disk_leaves_what_was_published(released: TrialInstallation, limit: int) -> None:
    """The system refuses to write a file beyond the limit, as it does when a disk is full."""
    before = releases(released)
    process = released.start(
        "publish", before=WITHOUT_SITE, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    _, err = process.communicate()
    assert process.returncode == 6, err
    assert "Could not publish" in err
    assert "Traceback" not in err
    assert releases(released) == before
    released.assert_whole()
    assert released.publish().returncode == 0
    released.assert_whole()


def test_publishing_without_marts_says_what_to_do(tmp_path: Path) -> None:
    publish = TrialInstallation(data=PROJECT / "data", work=tmp_path).publish()
    assert publish.returncode == 6
    assert "run `kommunlager build` first" in publish.stderr
