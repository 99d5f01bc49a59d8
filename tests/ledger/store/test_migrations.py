"""A ledger of an earlier schema: opened, backed up, migrated whole or not at all. Schema 0 is made up."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest

from hashpivot.core import LedgerError
from hashpivot.ledger import Figures, Ledger
from hashpivot.ledger.store.database._migrations import MIGRATIONS
from hashpivot.ledger.store.database._tables import VERSION

FIXTURE = Path(__file__).parents[1] / "data" / "ledger-0.1.0.sqlite3"
RENAME = 'ALTER TABLE figures RENAME COLUMN "partition" TO "cut"'


def migrate(connection: sqlite3.Connection, row_id: object) -> None:
    connection.execute(RENAME)


def change(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger of 0.1.0 as if its column `cut` had been called `partition` in an earlier schema."""
    monkeypatch.setitem(MIGRATIONS, 0, migrate)
    path = Path(copyfile(FIXTURE, tmp_path / "ledger.sqlite3"))
    return change(path, 'ALTER TABLE figures RENAME COLUMN "cut" TO "partition"', "PRAGMA user_version = 0")


@pytest.fixture
def whole(tmp_path: Path) -> Figures:
    with Ledger.open(copyfile(FIXTURE, tmp_path / "whole.sqlite3")) as ledger:
        return ledger.read()


def column(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        names = {row[1] for row in connection.execute("PRAGMA table_info(figures)")}
        return str((names & {"cut", "partition"}).pop())


def backups(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.glob(f"{path.name}*") if "backup" in other.name)


def test_it_is_backed_up_and_migrated_when_it_is_opened(
    earlier: Path, whole: Figures, source, figure
) -> None:
    assert column(earlier) == "partition"
    with Ledger.open(earlier) as ledger:
        assert ledger.read() == whole
        ledger.check()
        assert ledger.add(source("s"), [figure(1, None, "2025-12-31")]).new
    assert column(earlier) == "cut"
    assert backups(earlier) == ["ledger.sqlite3.schema-0.backup"]
    backup = earlier.with_name("ledger.sqlite3.schema-0.backup")
    assert column(backup) == "partition"
    with Ledger.open(backup) as ledger:  # a backup is a ledger like any other
        assert ledger.read() == whole
    with Ledger.open(earlier) as ledger:
        assert len(ledger.read()) == len(whole) + 1
    assert backups(earlier) == [
        "ledger.sqlite3.schema-0.backup",
        "ledger.sqlite3.schema-0.backup.schema-0.backup",
    ]


def test_no_backup_replaces_another(earlier: Path) -> None:
    names = [f"ledger.sqlite3.schema-0.backup{end}" for end in ("", "-2")]
    for name in names:
        earlier.with_name(name).write_text("mine")
    earlier.chmod(0o600)
    Ledger.open(earlier).close()
    assert all(earlier.with_name(name).read_text() == "mine" for name in names)
    third = earlier.with_name("ledger.sqlite3.schema-0.backup-3")
    assert column(third) == "partition" and third.stat().st_mode & 0o777 == 0o600
    assert len(backups(earlier)) == 3


def test_killed_half_way_it_is_as_before(earlier: Path, whole: Figures) -> None:
    program = [sys.executable, str(Path(__file__).with_name("migrant.py")), str(earlier)]
    for _ in range(2):
        done = subprocess.run(program, capture_output=True, text=True, timeout=600)
        assert (done.returncode, done.stdout) == (-signal.SIGKILL, "half way\n"), done.stderr
        assert column(earlier) == "partition"
    with Ledger.open(earlier) as ledger:
        assert ledger.read() == whole
        ledger.check()
    assert column(earlier) == "cut" and len(backups(earlier)) == 1
    assert not list(earlier.parent.glob("*.partial"))


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        ([], "other columns"),  # the step forgets the column
        ([RENAME, "SELECT gone FROM figures"], "no such column"),
        ([RENAME, "DROP TRIGGER sources_delete", "DELETE FROM sources"], "without their source"),
    ],
)
def test_a_migration_that_fails_changes_nothing(earlier, monkeypatch, statements, words) -> None:
    def wrong(connection: sqlite3.Connection, row_id: object) -> None:
        for statement in statements:
            connection.execute(statement)

    monkeypatch.setitem(MIGRATIONS, 0, wrong)
    before = earlier.read_bytes()
    with pytest.raises(LedgerError, match=words):
        Ledger.open(earlier)
    assert earlier.read_bytes() == before and not backups(earlier)
    monkeypatch.setitem(MIGRATIONS, 0, migrate)
    with Ledger.open(earlier) as ledger:
        ledger.check()


def test_two_processes_migrate_it_once(earlier: Path, whole: Figures) -> None:
    def read(_: int) -> Figures:
        with Ledger.open(earlier) as ledger:
            return ledger.read()

    with ThreadPoolExecutor(8) as pool:
        assert all(figures == whole for figures in pool.map(read, range(8)))
    assert backups(earlier) == ["ledger.sqlite3.schema-0.backup"]


READ = """
import sys
from hashpivot.core import LedgerError
from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database._migrations import MIGRATIONS
MIGRATIONS[0] = lambda c, _: c.execute('ALTER TABLE figures RENAME COLUMN "partition" TO "cut"')
with Ledger.open(sys.argv[1]) as ledger:
    held = ledger.read()
    ledger.check()
    print(len(held), len(held.remarks), {figure.breakdown for figure in held.figures} == {"", "main"})
    try:
        ledger.add(next(iter(held.sources.values())), [])
    except LedgerError as error:
        print(error.message, "|", error.hint)
"""
BECOME_NOBODY = """
import os
import urllib.parse  # what nobody may not import any more
if os.geteuid() == 0:  # root may write everywhere
    from hashpivot.ledger import Ledger
    os.setgid(65534)
    os.setuid(65534)
"""


def test_a_read_only_ledger_is_read_and_left_alone(earlier: Path) -> None:
    with TemporaryDirectory() as folder:
        path = Path(copyfile(earlier, Path(folder) / "ledger.sqlite3"))
        before = path.read_bytes()
        path.chmod(0o444)
        path.parent.chmod(0o555)
        command = [sys.executable, "-c", BECOME_NOBODY + READ, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        path.parent.chmod(0o755)
        assert done.stdout == (
            "57 14 True\n"
            "the ledger cannot be written | allow writing to the file and its folder, or name another\n"
        ), done.stderr
        assert path.read_bytes() == before and not backups(path)


def test_a_newer_schema_is_refused_plainly(tmp_path: Path) -> None:
    path = change(Path(copyfile(FIXTURE, tmp_path / "new.sqlite3")), f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=f"schema version {VERSION + 1}, this") as caught:
        Ledger.open(path)
    assert "update hashpivot" in caught.value.hint and caught.value.where == str(path)
    assert path.read_bytes() == before and not backups(path)


def test_a_schema_without_a_way_on_is_refused_plainly(tmp_path: Path) -> None:
    path = change(Path(copyfile(FIXTURE, tmp_path / "old.sqlite3")), "PRAGMA user_version = -1")
    with pytest.raises(LedgerError, match="cannot migrate") as caught:
        Ledger.open(path)
    assert caught.value.hint


def test_every_earlier_schema_has_a_step() -> None:
    """The first released schema is 1; each later one leaves its step here and a fixture in `data`."""
    assert set(MIGRATIONS) == set(range(1, VERSION))
