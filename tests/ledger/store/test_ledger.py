from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hashpivot.core import LedgerError, PlainLocator, TextFact
from hashpivot.ledger import Added, Figures, Ledger, View, bundled
from hashpivot.ledger.store.database import _sqlite

REMARKS = 3  # of each source of ten figures that writer.py writes
WRITER = Path(__file__).with_name("writer.py")


def writer(*arguments: object, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload]


def read(path: Path) -> Figures:
    with Ledger.open(path) as ledger:
        return ledger.read()


def whole_sources(path: Path) -> Counter[str]:
    """Figures by source, after making sure that the file is sound."""
    with Ledger.open(path) as ledger:
        ledger.check()
        held = ledger.read()
    counts = Counter(figure.source for figure in held.figures)
    assert set(counts) == set(held.sources)
    said = Counter(remark.source for remark in held.remarks)
    assert all(said[key] == REMARKS for key, count in counts.items() if count == 10), said
    return counts


def test_what_is_added_is_read_again(place, source, figure):
    given = [
        figure("12.50", "2024-10-01", "2024-12-31", line="hosting", label='a "quoted", row'),
        figure("-1e6", None, "2024-12-31", measure="cash", decimals=None),
        replace(figure(3, "2024-01-01", "2024-12-31"), operands=("a", "b"), formula="{0} - {1}", note="né"),
    ]
    with Ledger.open(place) as ledger:
        assert ledger.add(source("s"), given) == Added(True, 3)
        held = ledger.read()
    assert held.sources == {"s": source("s")}
    assert list(held.figures) == given
    assert [str(f.value) for f in held.figures] == ["12.5", "-1000000", "3"]
    assert read(place) == held


def test_the_whole_bundle_survives_a_round_trip(tmp_path, new_ledger):
    everything = bundled()
    key = max(everything.sources, key=lambda key: sum(f.source == key for f in everything.figures))
    figures = [f for f in everything.figures if f.source == key]
    with new_ledger() as ledger:
        ledger.add(everything.sources[key], figures)
        assert list(ledger.read().figures) == figures
        assert [f.id for f in ledger.read().figures] == [f.id for f in figures]


def test_adding_the_same_source_twice_changes_nothing(source, figure, new_ledger):
    with new_ledger() as ledger:
        ledger.add(source("s"), [figure(1, "2024-10-01", "2024-12-31")])
        before = ledger.read()
        again = ledger.add(source("s"), [figure(2, "2024-10-01", "2024-12-31")])
        assert again == Added(False, 0)
        assert ledger.read() == before


def test_figures_of_another_source_are_refused_whole(source, figure, new_ledger):
    with new_ledger() as ledger:
        with pytest.raises(LedgerError, match="does not belong"):
            ledger.add(
                source("s"), [figure(1, None, "2024-12-31"), figure(2, None, "2024-12-31", source="x")]
            )
        assert len(ledger.read()) == 0 and not ledger.read().sources


@pytest.mark.parametrize(
    "statement", ["DELETE FROM figures", "UPDATE figures SET value = 0", "DELETE FROM sources"]
)
def test_nothing_can_be_changed_or_removed(tmp_path, source, figure, statement):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(1, "2024-10-01", "2024-12-31")])
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    columns = "ticker, form, known, known_basis, accession, url, sha256, name, period_end"
    columns = f"number, checksum, {columns}"
    connection.execute(
        f"REPLACE INTO sources (key, grade, {columns}) SELECT key, 'C', {columns} FROM sources"
    )
    connection.commit()
    connection.close()
    assert whole_sources(path) == {"s": 1}
    assert read(path).sources["s"].grade == "A"


def test_reading_creates_no_file(tmp_path):
    path = tmp_path / "none.sqlite3"
    with Ledger.open(path) as ledger:
        assert len(ledger.read()) == 0
        ledger.check()
    assert not path.exists()


def test_the_default_ledger_is_in_home(tmp_path, monkeypatch, source, figure):
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))
    with Ledger.open() as ledger:
        ledger.add(source("own"), [figure(1, "2024-10-01", "2024-12-31", measure="net_income", source="own")])
    assert (tmp_path / "ledger.sqlite3").exists()
    view = View.open()
    assert view.figure("TEST/2024Q4/net_income").value == 1
    assert view.figure("RIOT/2024Q4/revenue/self_mining").value == 126_351_000


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look at" * 20, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_ledger_is_refused(tmp_path, content):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(content)
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path)
    assert caught.value.hint and str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path)


def test_a_parent_that_is_a_file_is_refused(tmp_path, source):
    (tmp_path / "file").write_text("x")
    ledger = Ledger.open(tmp_path / "file" / "ledger.sqlite3")
    with pytest.raises(LedgerError):
        ledger.add(source("s"), [])


def test_another_database_is_refused(tmp_path):
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE birds (name)")
    connection.close()
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger.open(tmp_path / "other.db")


def test_another_version_is_refused(tmp_path, source):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [])
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LedgerError, match="version 99") as caught:
        Ledger.open(path)
    assert "newer" in caught.value.hint


def test_a_damaged_ledger_is_told_and_left_alone(tmp_path, source, figure):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(n, "2024-10-01", "2024-12-31", label=str(n)) for n in range(500)])
    damaged = bytearray(path.read_bytes())
    damaged[8192:60000] = random.Random(1).randbytes(60000 - 8192)
    path.write_bytes(damaged)
    with pytest.raises(LedgerError), Ledger.open(path) as ledger:
        ledger.read()
        ledger.check()
    assert path.read_bytes() == bytes(damaged)


def test_flipped_bytes_give_a_ledger_error_or_nothing(tmp_path, source, figure, damage_told):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(n, "2024-10-01", "2024-12-31", label=str(n)) for n in range(60)])
    assert damage_told(path, 150) > 100


def test_a_truncated_ledger_is_told(tmp_path, source, figure):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(n, "2024-10-01", "2024-12-31", label=str(n)) for n in range(500)])
    path.write_bytes(path.read_bytes()[: 5 * 4096])
    with pytest.raises(LedgerError), Ledger.open(path) as ledger:
        ledger.read()
        ledger.check()


@pytest.mark.parametrize(
    "change",
    [f"UPDATE figures SET {column} = 'x'" for column in ("value", "unit", "known", "cut", "kind", "note")]
    + [
        "UPDATE figures SET value = 2",
        "UPDATE figures SET value = '2'",
        "UPDATE figures SET note = x'01'",
        "UPDATE figures SET number = number + 1",
        "UPDATE sources SET grade = 'B'",
        "UPDATE readings SET reader = '2'",
        "UPDATE seals SET ticker = 'RIOT'",
        "DELETE FROM figures",
        "DELETE FROM readings",
        "DELETE FROM remarks",
        "DELETE FROM sources",
        "DELETE FROM seals",
    ],
)
def test_what_is_changed_by_hand_is_no_answer(tmp_path, source, figure, tamper, change):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        fact = TextFact("TEST", "s", date(2025, 1, 31), "text", PlainLocator(""), "{}")
        ledger.add(replace(source("s"), reader=1), [figure(1, "2024-10-01", "2024-12-31")], [fact])
        ledger.check()
    tamper(path, change)
    for ask in (Ledger.read, lambda ledger: ledger.read("TEST"), Ledger.check):
        with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="damaged") as caught:
            ask(ledger)
        assert "hashpivot ledger repair" in caught.value.hint


@pytest.mark.parametrize("value", ["x''", "x'00'", "x'0041'"])
def test_bytes_that_read_as_the_text_written_are_found_by_a_check(tmp_path, source, figure, tamper, value):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(1, "2024-10-01", "2024-12-31")])
        written = ledger.read()
    tamper(path, f"UPDATE figures SET note = {value}")
    with Ledger.open(path) as ledger:
        assert ledger.read() == written
        with pytest.raises(LedgerError, match="damaged"):
            ledger.check()


@pytest.mark.parametrize("joined", ["'as another SQLite might'", "NULL"])
def test_rows_that_are_not_joined_as_expected_are_checked_one_by_one(
    tmp_path, source, figure, monkeypatch, joined
):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(n, "2024-10-01", "2024-12-31", label=str(n)) for n in range(600)])
        written = ledger.read()
        monkeypatch.setattr(_sqlite, "_joined", lambda table, columns: joined)
        assert ledger.read() == written


def test_a_ledger_without_its_triggers_is_told(tmp_path, source, figure):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [figure(1, "2024-10-01", "2024-12-31")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER figures_update")
    with pytest.raises(LedgerError, match=r"damaged: its schema .* figures_update"):
        Ledger.open(path)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_finite_number_is_refused(tmp_path, source, figure, value):
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        with pytest.raises(LedgerError, match="no finite number"):
            ledger.add(source("s"), [replace(figure(1, None, "2024-12-31"), value=Decimal(value))])
        assert ledger.read() == Figures()


@pytest.mark.parametrize("text", ["a\0b", "\ud83d", 7])
def test_what_is_no_text_is_refused(tmp_path, source, figure, text):
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        with pytest.raises(LedgerError, match=r"note of a row of figures cannot be stored"):
            ledger.add(source("s"), [replace(figure(1, None, "2024-12-31"), note=text)])
        assert ledger.read() == Figures()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_ledger_is_read_but_not_written(tmp_path, source, figure):
    folder = tmp_path / "kept"
    with Ledger.open(folder / "ledger.sqlite3") as ledger:
        ledger.add(source("s"), [figure(1, "2024-10-01", "2024-12-31")])
    (folder / "ledger.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    try:
        with Ledger.open(folder / "ledger.sqlite3") as ledger:
            assert len(ledger.read()) == 1
            with pytest.raises(LedgerError, match="cannot be written") as caught:
                ledger.add(source("t"), [])
            assert caught.value.hint
    finally:
        folder.chmod(0o755)


STRANGER = """
import os, sys
sys.path.insert(0, sys.argv[2])
import sqlite3, urllib.parse, writer
from hashpivot.core import LedgerError, PlainLocator, TextFact
from hashpivot.ledger import Ledger
os.setgid(65534)
os.setuid(65534)
with Ledger.open(sys.argv[1]) as ledger:
    print(len(ledger.read()))
    try:
        ledger.add(writer.source("t"), writer.figures("t"))
    except LedgerError as error:
        print(error.message, "|", error.hint)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_users_ledger_is_read_but_not_written(source, figure):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite3"
        with Ledger.open(path) as ledger:
            ledger.add(source("s"), [figure(1, "2024-10-01", "2024-12-31")])
        Path(folder).chmod(0o755)
        command = [sys.executable, "-c", STRANGER, str(path), str(WRITER.parent)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.stdout == (
            "1\nthe ledger cannot be written | allow writing to the file and its folder, or name another\n"
        ), done.stderr
        assert whole_sources(path) == {"s": 1}


def test_a_full_disk_loses_nothing(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    before = writer(path, "before", 3)
    before.communicate()
    assert before.returncode == 0

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    full = writer(path, "after", preexec_fn=small)
    out, err = full.communicate(timeout=600)
    assert full.returncode == 1
    assert "LedgerError" in err and "hint:" in err
    written = {"before-0", "before-1", "before-2", *out.split()}
    assert whole_sources(path) == dict.fromkeys(written, 10)


def test_several_read_while_one_writes(place):
    busy = writer(place, "w", 40)
    seen = []
    while busy.poll() is None:
        counts = Counter(figure.source for figure in read(place).figures)
        assert set(counts.values()) <= {10}
        seen.append(len(counts))
    busy.communicate()
    assert busy.returncode == 0
    assert seen == sorted(seen)
    assert len(whole_sources(place)) == 40


def test_several_writers_take_turns(place):
    writers = [writer(place, f"w{n}", 15) for n in range(3)]
    for each in writers:
        _, err = each.communicate(timeout=600)
        assert each.returncode == 0, err
    assert whole_sources(place) == {f"w{n}-{m}": 10 for n in range(3) for m in range(15)}


CREATE_TOGETHER = """
import sys, writer
from hashpivot.ledger import Ledger
path, key = sys.argv[1:]
rows = writer.source(key), writer.figures(key), writer.remarks(key)
print("ready", flush=True)
sys.stdin.readline()
with Ledger.open(path, wait=60) as ledger:
    ledger.add(*rows)
"""


def test_processes_that_create_it_together_all_write(tmp_path):
    def start(path: Path, key: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CREATE_TOGETHER, str(path), key]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=WRITER.parent)

    for turn in range(4):
        path = tmp_path / f"{turn}.sqlite3"
        processes = [start(path, f"w{n}") for n in range(6)]
        for each in processes:
            assert each.stdout and each.stdout.readline() == "ready\n"
        for each in processes:
            print(file=each.stdin, flush=True)
        errors = [each.communicate(timeout=600)[1] for each in processes]
        assert [each.returncode for each in processes] == [0] * 6, errors
        assert whole_sources(path) == {f"w{n}": 10 for n in range(6)}


def test_a_writer_that_waits_too_long_says_so(tmp_path, source):
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.add(source("s"), [])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with Ledger.open(path, wait=0.05) as ledger:
            assert len(ledger.read().sources) == 1
            with pytest.raises(LedgerError, match="another process is writing") as caught:
                ledger.add(source("t"), [])
            assert caught.value.hint
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    with Ledger.open(path) as ledger:
        assert ledger.add(source("t"), []).new


def crash(path: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    confirmed: set[str] = set()
    for turn in range(times):
        process = writer(path, f"turn{turn}")
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        confirmed.update((first + rest).split())
        counts = whole_sources(path)
        assert set(counts.values()) == {10}
        assert confirmed <= set(counts)


def test_killed_writers_leave_whole_filings(tmp_path):
    crash(tmp_path / "ledger.sqlite3", 15, seed=2)


def test_writers_killed_while_starting_leave_a_ledger_that_opens(tmp_path):
    path, chance = tmp_path / "ledger.sqlite3", random.Random(3)
    for turn in range(12):
        process = writer(path, f"turn{turn}")
        time.sleep(chance.uniform(0.05, 0.14))
        process.kill()
        process.communicate()
        assert set(whole_sources(path).values()) <= {10}
        if turn % 4 == 3:
            path.unlink(missing_ok=True)
            for tail in ("-wal", "-shm"):
                path.with_name(path.name + tail).unlink(missing_ok=True)


@pytest.mark.nightly
def test_killed_writers_leave_whole_filings_two_hundred_times(tmp_path):
    crash(tmp_path / "ledger.sqlite3", 200, seed=5)


def test_decimals_are_stored_canonically(source, figure, new_ledger):
    with new_ledger() as ledger:
        odd = [
            replace(figure(1, None, "2024-12-31", label=t), value=Decimal(t)) for t in ("1E+5", "-0", "2.500")
        ]
        ledger.add(source("s"), odd)
        assert [str(f.value) for f in ledger.read().figures] == ["100000", "0", "2.5"]


def test_source_dates_survive(source, new_ledger):
    with new_ledger() as ledger:
        ledger.add(replace(source("s"), period_end=date(2024, 12, 31)), [])
        assert ledger.read().sources["s"].period_end == date(2024, 12, 31)


def test_an_id_does_not_depend_on_how_the_number_was_written(figure):
    for ways in (("100000", "1E+5", "100000.0"), ("0", "-0", "0.00"), ("2.5", "2.500", "25E-1")):
        made = {replace(figure(1, None, "2024-12-31"), value=Decimal(way)).id for way in ways}
        assert len(made) == 1
    long = Decimal("123456789012345678901234567890.5")
    assert replace(figure(1, None, "2024-12-31"), value=long).text == str(long)


def test_sources_are_read_in_the_order_they_were_added(source, figure, new_ledger):
    with new_ledger() as ledger:
        for key in ("m", "z", "a"):
            ledger.add(source(key), [figure(1, None, "2024-12-31", source=key)])
        assert list(ledger.read().sources) == ["m", "z", "a"]
