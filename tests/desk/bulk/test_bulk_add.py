"""Many files into the ledger: as one `add` of all of them, whoever reads them and whatever befalls that."""

from __future__ import annotations

import csv
import os
import sqlite3
import time
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from hashpivot import Desk
from hashpivot.core import Companies, HashpivotError, InvalidInput, LedgerError
from hashpivot.desk import BulkAdd, BulkSummary, FileAdder, FileOutcome, FileState, list_files
from hashpivot.desk.bulk import FileJob, WorkerFailure, _bulk_add, _processes
from hashpivot.desk.bulk._cluster import cluster_readers
from hashpivot.desk.bulk._processes import ProcessReaders
from hashpivot.ledger import Ledger
from hashpivot.lines import READER_VERSION
from hashpivot.sources import held_documents

from ..made_filings import filing
from .readers import ReadersHere, read_or_fail, write_slowly

TABLES = ("sources", "figures", "remarks", "readings", "changes")
CALL = "RIOT call of 2024-08-01. We expect to reach 31 EH/s by the end of 2024. We expect that to hold.\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of filings, one of them twice, of a transcript and of files that cannot be read."""
    folder = tmp_path / "in"
    paths = [filing(folder, f"{number}.htm", 1_000 + 50 * number) for number in range(6)]
    (folder / "call.txt").write_text(CALL)
    (folder / "empty.htm").touch()
    rows = [(path, "", "") for path in paths]
    rows.insert(2, (folder / "call.txt", "RIOT", "2024-08-01"))
    rows.insert(3, (folder / "empty.htm", "", ""))
    rows.insert(4, (folder / "missing.htm", "", ""))
    rows.insert(5, (paths[0], "", ""))
    rows.append((paths[1], "MARA", ""))
    path = tmp_path / "list.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("path", "ticker", "filed"), *rows])
    return path


def rows_of(ledger: Path) -> dict[str, list[Any]]:
    """Every row of every table, as it was written."""
    with sqlite3.connect(ledger) as connection:
        held = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    connection.close()
    return held


def plainly_added(listed: Path, ledger: Path) -> list[Any]:
    """What adding the list file by file gives."""
    results: list[Any] = []
    with FileAdder(ledger) as adder:
        for file in list_files(listed).files:
            try:
                results.append(adder.add(file.path, ticker=file.ticker, filed=file.filed))
            except HashpivotError as error:
                results.append(error.to_dict())
    return results


def here(files: Path, ledger: Path, **options: Any) -> BulkAdd:
    """Files that are added without processes."""
    bulk = BulkAdd(list_files(files), ledger, **options)
    bulk._readers = ReadersHere  # type: ignore[assignment, method-assign]
    return bulk


def results(outcomes: list[FileOutcome]) -> list[Any]:
    return [outcome.error.to_dict() if outcome.error else outcome.added for outcome in outcomes]


def report_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("workers", [1, 2])
def test_the_ledger_is_that_of_adding_file_by_file(listed: Path, tmp_path: Path, workers: int) -> None:
    plain = plainly_added(listed, tmp_path / "plain.sqlite3")
    copies = [document.sha256 for document in held_documents()]
    for document in held_documents():
        document.path.unlink()
    report = tmp_path / "report.csv"
    bulk = BulkAdd(list_files(listed), tmp_path / "bulk.sqlite3", workers=workers, report=report)
    outcomes = list(bulk)
    assert results(outcomes) == plain
    assert rows_of(tmp_path / "bulk.sqlite3") == rows_of(tmp_path / "plain.sqlite3")
    assert [document.sha256 for document in held_documents() if document.path.exists()] == copies
    assert [row["path"] for row in report_rows(report)] == [file.path for file in bulk.files.files]
    counts = {FileState.ADDED: 7, FileState.HELD: 1, FileState.FAILED: 3}
    assert bulk.summary().counts == BulkSummary.of(outcomes).counts == counts
    assert not bulk.summary().complete


@pytest.mark.filterwarnings("default")
def test_so_is_that_of_a_cluster(listed: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs dask.distributed (extra cluster)")
    plain = plainly_added(listed, tmp_path / "plain.sqlite3")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        bulk = BulkAdd(list_files(listed), tmp_path / "bulk.sqlite3", cluster=cluster.scheduler_address)
        assert results(list(bulk)) == plain
        job, lost = FileJob(list_files(listed).files[0].path), Future[Any]()
        lost.cancel()
        with (
            cluster_readers(cluster.scheduler_address, Companies({}), time_limit=5) as readers,
            pytest.raises(WorkerFailure, match="the cluster was lost"),
        ):
            readers.result(job, lost)
        with pytest.raises(WorkerFailure, match="the cluster was lost"):
            readers.submit(job)
    assert rows_of(tmp_path / "bulk.sqlite3") == rows_of(tmp_path / "plain.sqlite3")


def test_a_process_ended_while_it_starts_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = _processes._Lane(Companies({}), read_or_fail)
    assert lane.read(FileJob(str(filing(tmp_path, "a.htm", 1_000))), 60).ready
    lane.end()
    broken = iter([True, True, False])
    start = _processes.ProcessPoolExecutor

    def breaks(*values: Any, **options: Any) -> Any:
        pool = start(*values, **options)
        if next(broken):
            pool.submit(os._exit, 9)
        return pool

    monkeypatch.setattr(_processes, "ProcessPoolExecutor", breaks)
    assert lane.read(FileJob(str(filing(tmp_path, "b.htm", 1_001))), 60).ready
    lane.close()


def test_a_process_that_hangs_or_dies_costs_its_file(tmp_path: Path) -> None:
    for number, name in enumerate(("a", "die", "hang", "once", "z")):
        filing(tmp_path / "in", f"{name}.htm", 1_000 + number)
    bulk = BulkAdd(list_files(tmp_path / "in"), tmp_path / "l.sqlite3")
    bulk._readers = lambda companies: ProcessReaders(  # type: ignore[method-assign]
        1, companies, time_limit=4.0, read=read_or_fail
    )
    states = {Path(outcome.path).stem: outcome for outcome in bulk}
    assert [stem for stem, outcome in states.items() if outcome.state is FileState.FAILED] == ["die", "hang"]
    assert "ended before it was done, twice" in str(states["die"].error)
    assert "not read within 4 seconds" in str(states["hang"].error)


def test_processes_that_are_ended_undo_what_they_began_or_are_killed(tmp_path: Path) -> None:
    names = ("slow", "stubborn")
    begun = [tmp_path / f"{name}.begun" for name in names]
    with ProcessReaders(2, Companies.load(), time_limit=60, read=write_slowly) as readers:
        for name in names:
            readers.submit(FileJob(str(tmp_path / name)))
        deadline = time.monotonic() + 60
        while not all(path.exists() for path in begun):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        ended = time.monotonic()
    assert time.monotonic() - ended < 30
    assert [path.exists() for path in begun] == [False, True]


def test_an_early_end_keeps_what_was_written_and_the_next_goes_on(listed: Path, tmp_path: Path) -> None:
    plainly_added(listed, tmp_path / "plain.sqlite3")
    ledger = tmp_path / "bulk.sqlite3"
    bulk = here(listed, ledger)
    assert len(list(islice(bulk, 3))) == 3
    assert bulk.summary().done == 3
    assert bulk.summary().to_dict()["totals"]["not_reached"] == 8
    with Ledger.open(ledger) as opened:
        assert len(opened.read().sources) == 3
    again = list(here(listed, ledger))
    assert [outcome.state for outcome in again[:3]] == [FileState.HELD] * 3
    assert not any(outcome.added for outcome in again[:3])
    assert rows_of(ledger) == rows_of(tmp_path / "plain.sqlite3")


def test_held_files_are_not_read(listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    list(here(listed, tmp_path / "l.sqlite3"))
    begun = []
    monkeypatch.setattr(ReadersHere, "submit", lambda self, job: begun.append(Path(job.path).name))
    with pytest.raises(AttributeError):  # the readers give no future
        for outcome in here(listed, tmp_path / "l.sqlite3"):
            assert outcome.state in (FileState.HELD, FileState.FAILED)
            raise AttributeError
    assert set(begun) <= {"1.htm"}  # listed as another company's


def test_files_of_an_earlier_reader_are_read_again(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(here(listed, tmp_path / "l.sqlite3"))
    monkeypatch.setattr("hashpivot.lines._read_lines.READER_VERSION", READER_VERSION + 1)
    monkeypatch.setattr("hashpivot.desk.ledger._document.READER_VERSION", READER_VERSION + 1)
    monkeypatch.setattr("hashpivot.desk.bulk._bulk_add.READER_VERSION", READER_VERSION + 1)
    states = [outcome.state for outcome in here(listed, tmp_path / "l.sqlite3")]
    assert states.count(FileState.REREAD) == 7


def test_few_files_are_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        filing(tmp_path / "in", f"{number:02}.htm", 1_000 + number)
    made: list[ReadersHere] = []
    bulk = BulkAdd(list_files(tmp_path / "in"), tmp_path / "l.sqlite3")
    monkeypatch.setattr(bulk, "_readers", lambda companies: made.append(ReadersHere(companies)) or made[0])
    for number, _ in enumerate(bulk):
        assert len(made[0].begun) <= number + ReadersHere.ahead


def test_two_runs_at_once_add_each_file_once(listed: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "l.sqlite3"
    outcomes: list[list[FileOutcome]] = [[], []]

    def run(number: int) -> None:
        outcomes[number].extend(here(listed, ledger))

    threads = [Thread(target=run, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = [[outcome.state for outcome in each] for each in outcomes]
    assert [each.count(FileState.FAILED) for each in states] == [3, 3]
    assert sum(each.count(FileState.ADDED) for each in states) == 7
    with Ledger.open(ledger) as opened:
        opened.check()
        assert len(opened.read().sources) == 7


def test_a_ledger_that_fails_again_and_again_ends_the_run(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "l.sqlite3"
    with Ledger.open(ledger) as opened:
        opened.record([])
    monkeypatch.setattr(_bulk_add, "_LEDGER_WAIT", 0.01)
    report = tmp_path / "report.csv"
    with sqlite3.connect(ledger, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another process is writing"):
            list(here(listed, ledger, report=report))
        other.execute("ROLLBACK")
    other.close()
    assert [row["outcome"] for row in report_rows(report)][:2] == ["failed"] * 2


def test_cells_of_the_report_are_whole_and_compute_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    names = ["=1+1.htm", 'a "quoted", name.htm', "line\nbreak.htm"]
    for number, name in enumerate(names):
        filing(folder, name, 1_000 + number)
    listed, report = tmp_path / "list.csv", tmp_path / "report.csv"
    with listed.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["path"], *([str(folder / name)] for name in names), ["@SUM(1).htm"]])
    list(here(listed, tmp_path / "l.sqlite3", report=report))
    rows = report_rows(report)
    assert [row["path"] for row in rows] == [*(str(folder / name) for name in names), "'@SUM(1).htm"]
    assert [row["outcome"] for row in rows] == ["added"] * 3 + ["failed"]
    assert rows[-1]["error"] == "there is no such file"


def test_the_report_is_whole_at_any_moment(listed: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("an earlier one")
    bulk = here(listed, tmp_path / "l.sqlite3", report=report)
    assert report.read_text() == "an earlier one"
    (tmp_path / "report.1.csv").write_text("the first one")
    for number, outcome in enumerate(bulk, start=1):
        rows = report_rows(report)
        assert len(rows) == number
        assert rows[-1]["path"] == outcome.path
    assert (tmp_path / "report.1.csv").read_text() == "the first one"
    assert (tmp_path / "report.2.csv").read_text() == "an earlier one"
    assert rows[0] | {"seconds": ""} == {
        "path": str(tmp_path / "in/0.htm"), "outcome": "added", "ticker": "RIOT", "form": "10-Q",
        "period_end": "2024-06-30", "known": "2024-08-14", "figures": "4", "statements": "0",
        "warnings": "3", "seconds": "", "error": "", "hint": "", "warning_texts": rows[0]["warning_texts"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [{"workers": 0}, {"workers": 1, "cluster": "tcp://x:1"}, {"time_limit": 0.0}, {"workers": 10**6}],
)
def test_options_out_of_bounds_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        Desk.open(tmp_path / "l.sqlite3").add_from(tmp_path, **options)


def test_a_report_over_what_is_read_is_refused(listed: Path, tmp_path: Path) -> None:
    for report in (listed, tmp_path / "in/0.htm", tmp_path / "in/../list.csv"):
        with pytest.raises(InvalidInput, match="replace what is read"):
            here(listed, tmp_path / "l.sqlite3", report=report)


def test_a_desk_adds_a_folder(tmp_path: Path) -> None:
    filing(tmp_path / "in", "a.htm", 1_000)
    bulk = Desk.open(tmp_path / "l.sqlite3").add_from(tmp_path / "in", workers=1)
    assert len(bulk) == 1
    (outcome,) = bulk
    assert outcome.to_dict()["outcome"] == "added"
    assert bulk.summary().complete
