"""The file of a ledger: backed up, restored, vacuumed and repaired; nothing is ever lost on the way."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from errno import ENOSPC, EPERM
from pathlib import Path

import pytest

from hashpivot.core import LedgerError, PlainLocator, TextFact
from hashpivot.ledger import DamagedLedger, Figures, Ledger
from hashpivot.ledger.store import SourceDamage
from hashpivot.ledger.upkeep import back_up, repair, restore, vacuum

SCHEMA_2 = Path(__file__).parents[1] / "data" / "schema-2" / "ledger.sqlite3"
HAND = "record:TEST/abc/1"


@pytest.fixture
def path(tmp_path: Path, source, figure) -> Path:
    """Three filings, the second read again by a later reader, and a source recorded by hand."""
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        for key in "abc":
            ledger.add(
                replace(source(key), reader=1),
                [
                    figure(n, "2024-10-01", "2024-12-31", source=key, label=f"{key}-label-{n}")
                    for n in range(1, 30)
                ],
                [TextFact("TEST", key, date(2025, 1, 31), "text", PlainLocator(""), "{}")],
            )
        ledger.add(
            replace(source("b"), reader=2),
            [figure(7, "2024-10-01", "2024-12-31", source="b", label="b-label-7")],
        )
        ledger.add(
            replace(source(HAND), known_basis="recorded"),
            [figure(n, "2024-10-01", "2024-12-31", source=HAND, label=f"hand-{n}") for n in (1, 2)],
        )
    return path


def held(path: Path) -> Figures:
    with Ledger.open(path) as ledger:
        return ledger.read()


def damage(path: Path, text: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(text)] ^= 1
    path.write_bytes(data)


def nothing(damage: SourceDamage) -> None:
    """No document is stored."""


def others(path: Path) -> set[str]:
    """Files beside a ledger."""
    return {p.name for p in path.parent.iterdir()} - {path.name}


@pytest.fixture
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links, as FAT and exFAT are."""

    def refuse(*_: object) -> None:
        raise OSError(EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


def test_a_backup_is_the_ledger(path: Path) -> None:
    made = back_up(path)
    assert made.file.name == f"ledger.sqlite3.backup-{date.today()}"
    assert held(made.file) == held(path) and made.check.rows["figures"] == 89
    assert back_up(path).file.name.endswith("-2")
    with pytest.raises(LedgerError, match="there is a file of this name"):
        back_up(path, made.file)


def test_a_backup_is_taken_while_another_writes(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        made = back_up(path, path.with_name("new") / "copy.sqlite3")
        writer.execute("ROLLBACK")
    assert held(made.file) == held(path)


def test_no_backup_is_made_of_a_damaged_ledger(path: Path) -> None:
    damage(path, b"b-label-7")
    with pytest.raises(DamagedLedger, match="1 figures") as caught:
        back_up(path)
    assert caught.value.where == str(path) and not others(path)
    (found,) = caught.value.report.damaged
    assert (found.key, found.rows) == ("b", {"figures": (36,)})


def test_no_backup_is_made_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger here"):
        back_up(tmp_path / "none.sqlite3")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ruin", ["sound", "damaged", "rubbish", "cut", "gone"])
def test_a_backup_is_restored_whatever_the_ledger_is(path: Path, source, ruin: str) -> None:
    made, before = back_up(path), held(path)
    with Ledger.open(path) as ledger:
        ledger.add(source("later"), [])
    if ruin == "damaged":
        damage(path, b"a-label-3")
    elif ruin == "rubbish":
        path.write_bytes(b"rubbish" * 1000)
    elif ruin == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif ruin == "gone":
        path.unlink()
    was = path.read_bytes() if ruin != "gone" else None
    done = restore(made.file, path)
    assert held(path) == before == held(made.file)
    assert (done.kept.read_bytes() if done.kept else None) == was
    assert done.kept is None or done.kept.name == f"ledger.sqlite3.before-restore-{date.today()}"


KILLED = """
import os, pickle, sys
from hashpivot.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
ledger.add(pickle.loads(sys.stdin.buffer.read()), [])
os._exit(9)
"""


def test_what_another_process_left_in_a_log_is_kept_with_the_file(path: Path, source) -> None:
    made = back_up(path)
    command = [sys.executable, "-c", KILLED, str(path)]
    subprocess.run(command, input=pickle.dumps(source("late")), check=False, timeout=60)
    assert path.with_name("ledger.sqlite3-wal").stat().st_size
    done = restore(made.file, path)
    assert done.kept and "late" in held(done.kept).sources
    assert "late" not in held(path).sources


@pytest.mark.usefixtures("no_links")
def test_without_hard_links_files_are_copied(path: Path, source) -> None:
    path.chmod(0o600)
    made, before = back_up(path), held(path)
    command = [sys.executable, "-c", KILLED, str(path)]
    subprocess.run(command, input=pickle.dumps(source("late")), check=False, timeout=60)
    done = restore(made.file, path)
    assert done.kept and "late" in held(done.kept).sources and held(path) == before == held(made.file)
    damage(path, b"b-label-9")
    repaired = repair(path, nothing)
    assert repaired.kept and others(path) == {made.file.name, done.kept.name, repaired.kept.name}
    assert {p.stat().st_mode & 0o777 for p in (made.file, done.kept, repaired.kept)} == {0o600}


READ = """
import sqlite3, sys
sqlite3.connect(sys.argv[1], timeout=0).execute("SELECT * FROM sources").fetchall()
"""


@pytest.mark.usefixtures("no_links")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no file that is open")
def test_a_ledger_that_is_copied_aside_is_locked_until_it_is_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, replace_file, said = back_up(path), Path.replace, []

    def replacing(self: Path, target: Path) -> Path:
        run = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=False)
        said.append(run.stderr)
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", replacing)
    restore(made.file, path)
    assert len(said) == 1 and b"locked" in said[0]


def test_a_copy_that_fails_leaves_nothing(path: Path, no_links, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(LedgerError, match="No space left"):
        back_up(path)
    assert not others(path)


def test_a_ledger_written_to_while_it_was_repaired_stays(path: Path, source) -> None:
    damage(path, b"b-label-9")

    def reread(damage: SourceDamage) -> None:
        with Ledger.open(path) as ledger:
            ledger.add(source("later"), [])

    with pytest.raises(LedgerError, match="wrote to the ledger meanwhile"):
        repair(path, reread)
    assert not others(path)
    assert repair(path, nothing).kept and "later" in held(path).sources


def test_nothing_is_left_beside_the_files(path: Path) -> None:
    made = back_up(path)
    restored = restore(made.file, path)
    damage(path, b"b-label-9")
    repaired = repair(path, nothing)
    assert restored.kept and repaired.kept
    assert others(path) == {made.file.name, restored.kept.name, repaired.kept.name}


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    made, before = back_up(path), path.read_bytes()
    damage(made.file, b"a-label-3")
    with pytest.raises(DamagedLedger) as caught:
        restore(made.file, path)
    assert caught.value.where == str(made.file)
    assert path.read_bytes() == before and others(path) == {made.file.name}


@pytest.mark.parametrize("content", [b"", b"no ledger" * 1000])
def test_what_is_no_ledger_is_not_restored(path: Path, content: bytes) -> None:
    wrong, before = path.with_name("wrong"), path.read_bytes()
    wrong.write_bytes(content)
    with pytest.raises(LedgerError):
        restore(wrong, path)
    with pytest.raises(LedgerError, match="the ledger itself"):
        restore(path, path)
    assert path.read_bytes() == before and others(path) == {"wrong"}


def test_a_backup_of_an_earlier_schema_is_restored_and_stays(path: Path) -> None:
    old = Path(shutil.copyfile(SCHEMA_2, path.with_name("old.sqlite3")))
    before = old.read_bytes()
    done = restore(old, path)
    assert done.check.rows["figures"] == 59 == len(held(path))
    assert old.read_bytes() == before and others(path) == {"old.sqlite3", done.kept.name if done.kept else ""}


OPEN = """
import sys
from hashpivot.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
ledger.read()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no file that is open")
def test_a_ledger_that_is_open_elsewhere_is_not_replaced(path: Path) -> None:
    made, before = back_up(path), path.read_bytes()
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", OPEN, str(path)], stdin=pipe, stdout=pipe) as other:
        assert other.stdout and other.stdout.readline() == b"open\n"
        with pytest.raises(LedgerError, match="another process has the ledger open"):
            restore(made.file, path)
        other.communicate()
    assert path.read_bytes() == before
    restore(made.file, path)


def test_a_vacuum_gives_back_what_a_migration_left(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(SCHEMA_2, tmp_path / "ledger.sqlite3"))
    before = held(path)
    done = vacuum(path)
    assert done.after < done.before and done.after == path.stat().st_size
    assert held(path) == before


def test_a_vacuum_wants_room_and_a_sound_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 5})())
    with pytest.raises(LedgerError, match="the disk has 5"):
        vacuum(path)
    damage(path, b"a-label-3")
    before = path.read_bytes()
    with pytest.raises(DamagedLedger):
        vacuum(path)
    assert path.read_bytes() == before


def test_a_sound_ledger_is_not_repaired(path: Path) -> None:
    before = path.read_bytes()
    done = repair(path, nothing)
    assert done.kept is None and done.salvage is None and path.read_bytes() == before and not others(path)


def test_sound_sources_are_copied_and_damaged_ones_read_again_in_their_place(
    path: Path, source, figure
) -> None:
    before = held(path)
    damage(path, b"b-label-9")

    def reread(damage: SourceDamage):
        figures = [f for f in before.figures if f.source == damage.key]
        facts = [f for f in before.remarks if f.source == damage.key]
        return replace(before.sources[damage.key], reader=2), figures, facts

    done = repair(path, reread)
    assert done.salvage and [d.key for d in done.salvage.reread] == ["b"] and not done.salvage.lost
    now = held(path)
    assert set(now.figures) == set(before.figures) and set(now.remarks) == set(before.remarks)
    assert now.sources == before.sources and list(now.sources) == ["a", "b", "c", HAND]
    assert done.kept and done.kept.name == f"ledger.sqlite3.damaged-{date.today()}"
    with pytest.raises(LedgerError, match="damaged"), Ledger.open(done.kept) as ledger:
        ledger.read()


def test_what_cannot_be_read_again_is_named_and_left_out_whole(path: Path) -> None:
    before = held(path)
    damage(path, b"b-label-9")
    done = repair(path, nothing)
    assert done.salvage and [lost.damage.key for lost in done.salvage.lost] == ["b"]
    assert set(held(path).figures) == {f for f in before.figures if f.source != "b"}


def test_of_a_source_recorded_by_hand_what_is_sound_stays(path: Path) -> None:
    before = held(path)
    damage(path, b"hand-2")
    done = repair(path, nothing)
    assert done.salvage
    (lost,) = done.salvage.lost
    assert lost.damage.by_hand and [(row["value"], row["sound"]) for row in lost.readable] == [("2", "")]
    assert set(before.figures) - set(held(path).figures) == {f for f in before.figures if f.label == "hand-2"}


@pytest.mark.parametrize("page", range(1, 30))
def test_a_lost_page_loses_no_sound_source(path: Path, page: int) -> None:
    before, data = held(path), bytearray(path.read_bytes())
    if page * 4096 >= len(data):
        return
    data[page * 4096 : page * 4096 + 4096] = bytes(4096)
    path.write_bytes(data)
    try:
        done = repair(path, nothing)
    except LedgerError as error:  # the page that lists the tables, or one that lists all sources
        assert "can be re" in error.message
        assert path.read_bytes() == data and not others(path)
        return
    now = held(path)
    lost = {one.damage.key for one in done.salvage.lost} if done.salvage else set()
    for held_before, held_now in ((before.figures, now.figures), (before.remarks, now.remarks)):
        assert [m for m in held_before if m.source not in lost] == [
            m for m in held_now if m.source not in lost
        ]
    assert now.sources.keys() >= before.sources.keys() - lost
    assert done.kept is None or done.kept.read_bytes() == data
