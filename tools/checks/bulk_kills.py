"""Kill `hashpivot add --from` at random moments: run again, it ends as one that nobody killed."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from hashpivot.ledger import Figures, Ledger
from hashpivot.testing.generated import write_reports

_MOST_KILLS = 3
"""Of one run that is begun again after each."""
_LEAVE_SECONDS = 20.0
"""Workers have to end after the process that started them was killed."""


def run(times: int, filings: int, seed: int) -> tuple[int, list[str]]:
    """Kill runs over so many filings so many times, one to three times each, and run each to its end.

    After every kill the ledger must be sound, hold the first filings of the list, whole, and no worker may be
    left; the report must hold whole rows. In the end the ledger must be that of an undisturbed run.

    Returns:
        How many filings ledgers held right after kills, and what was wrong with any of them.
    """
    chance, problems, held, kills = random.Random(seed), [], 0, 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "filings"
        order = [path.name for path in write_reports(folder, filings, seed=seed)]
        whole, seconds = _undisturbed(folder)
        while kills < times:
            with tempfile.TemporaryDirectory() as home:
                for _ in range(min(chance.randint(1, _MOST_KILLS), times - kills)):
                    kills += 1
                    process = _add(folder, Path(home))
                    _wait(process, seconds * chance.random())
                    process.kill()
                    process.wait()
                    said = [*_left_over(Path(home)), *_report_problems(Path(home))]
                    now = _figures(Path(home))
                    said += _partial(now, whole, order)
                    held += len(now.sources)
                    problems += [f"kill {kills}: {words}" for words in said]
                status = _add(folder, Path(home)).wait()
                if status or _figures(Path(home)) != whole:
                    problems.append(f"after kill {kills}: status {status}, or another ledger")
    return held, problems


def _undisturbed(folder: Path) -> tuple[Figures, float]:
    """The ledger if nobody kills the run, and how many seconds it takes."""
    with tempfile.TemporaryDirectory() as home:
        started = time.monotonic()
        status = _add(folder, Path(home)).wait()
        if status:
            raise RuntimeError(f"hashpivot add --from ended with status {status} though nobody killed it")
        return _figures(Path(home)), time.monotonic() - started


def _add(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    words = ["add", "--from", str(folder), "--workers", "2", "--report", str(home / "report.csv")]
    return subprocess.Popen(
        [sys.executable, "-m", "hashpivot", *words],
        env=os.environ | {"HASHPIVOT_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _figures(home: Path) -> Figures:
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        ledger.check()
        return ledger.read()


def _partial(now: Figures, whole: Figures, order: list[str]) -> Iterator[str]:
    """What is wrong with a ledger that should hold the first filings of a list."""
    names = {source.name for source in now.sources.values()}
    if names != set(order[: len(names)]):
        yield "not the first filings of the list"
    if now.figures != whole.figures[: len(now.figures)] or now.remarks != whole.remarks[: len(now.remarks)]:
        yield "figures or statements differ"
    expected = [figure for figure in whole.figures if figure.source in now.sources]
    if len(expected) != len(now.figures):
        yield f"{len(now.figures)} figures, not {len(expected)}"


def _report_problems(home: Path) -> Iterator[str]:
    path = home / "report.csv"
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    if not text.endswith("\n") or any(len(row) != len(rows[0]) for row in rows):
        yield "half a row in the report"


def _left_over(home: Path) -> Iterator[str]:
    """Processes of a run that go on though the one that started them was killed; on Linux only."""
    deadline = time.monotonic() + _LEAVE_SECONDS
    while left := _processes(home):
        if time.monotonic() > deadline:
            for process in left:
                os.kill(process, signal.SIGKILL)
            yield f"{len(left)} processes left over"
            return
        time.sleep(0.05)


def _processes(home: Path) -> list[int]:
    mark = f"HASHPIVOT_HOME={home}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended, or is not ours
    return found
