"""Many filings with one command: seconds and memory by workers, and how far more workers would help.

    python -m benchmarks.bulk [--files 10000] [--workers 1 2] [--linear 1000]
                              [--simulated 600] [--place FOLDER]

Small reports of made-up books (`hashpivot.testing.generated.write_reports`) are added to a ledger of their
own, each run by `Desk.add_from` in a process of its own; then once more, where all are held. Seconds are
those of the clock and, beside them, those of processors, which other work on the machine does not lengthen:
of the process that writes, and of the workers together. Memory is the largest, and that of the writing
process when a tenth of the files was done.

`--linear` compares one `add` of that many files with as many `add`s of one file each, in one process, by
hundreds in turn, so that other work on the machine weighs on both: if adding is linear they cost the same,
or the one `add` less, as it opens the ledger once.

More workers than this machine has processors are simulated: the files are read beforehand, each is handed to
the writer when that many workers would have read it at so many seconds a file, and the writer writes for
real, on a clock that counts its processor's seconds and jumps where it would wait for a worker. Waits for the
disk are left out. Once it is the writer that is waited for, more workers do not help: that bound is seconds
to read a file by seconds to write it. Both tables are Markdown, as in docs/how-to/add-many-filings.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hashpivot.core import Companies
from hashpivot.desk import BulkAdd, Desk, FileAdder, FileList, list_files
from hashpivot.desk.bulk import FileJob, FileReading, read_here
from hashpivot.testing.generated import write_reports

_COLUMNS = (
    "workers", "files", "seconds", "files/s", "processor: writer, workers", "memory: writer, after a tenth",
    "of a worker",
)  # fmt: skip
_TURN = 100  # files
_SIMULATED = (1, 2, 4, 8, 16, 32)
_READ_SECONDS = (0.05, 0.5)
"""A small report and an annual report of three million characters, on a processor of its own."""


def run(folder: Path, workers: int) -> dict[str, Any]:
    """Add the files of a folder to the user's ledger, and measure this process and its workers."""
    started, early = time.perf_counter(), 0
    bulk = Desk.open().add_from(folder, workers=workers)
    for done, _ in enumerate(bulk, start=1):
        if done == len(bulk) // 10:
            early = _memory(resource.RUSAGE_SELF)
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "seconds": time.perf_counter() - started,
        "own": own.ru_utime + own.ru_stime,
        "workers": others.ru_utime + others.ru_stime,
        "memory": _memory(resource.RUSAGE_SELF),
        "early": early,
        "worker memory": _memory(resource.RUSAGE_CHILDREN),
        "counts": {state.value: count for state, count in bulk.summary().counts.items()},
    }


def _memory(who: int) -> int:
    """The largest memory so far, bytes."""
    return resource.getrusage(who).ru_maxrss * 1024


def run_apart(folder: Path, workers: int, home: Path) -> dict[str, Any]:
    """The same in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.bulk", "--run", str(folder), "--workers", str(workers)]
    done = subprocess.run(
        words, env=os.environ | {"HASHPIVOT_HOME": str(home)}, capture_output=True, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


class SimulatedReaders:
    """Readers that had read all files before, and hand each on when so many workers would have read it.

    Args:
        readings: By path.
        workers: How many are simulated.
        seconds: They take for a file.
    """

    def __init__(self, readings: dict[str, FileReading], workers: int, seconds: float) -> None:
        self.ahead = 16 * workers
        self._readings = readings
        self._seconds = seconds
        self._waited = -time.process_time()
        self._free = [0.0] * workers
        self._ready: dict[str, float] = {}

    @property
    def now(self) -> float:
        """Seconds since the beginning: the processor's, and those of waits that were skipped."""
        return time.process_time() + self._waited

    def submit(self, job: FileJob) -> Future[FileReading]:
        """Begin a file with the worker that is free first."""
        worker = min(range(len(self._free)), key=self._free.__getitem__)
        self._free[worker] = max(self._free[worker], self.now) + self._seconds
        self._ready[job.path] = self._free[worker]
        return Future()

    def result(self, job: FileJob, future: Future[FileReading]) -> FileReading:
        """The file, once it would have been read."""
        self._waited += max(0.0, self._ready.pop(job.path) - self.now)
        return self._readings[job.path]

    def size(self, job: FileJob) -> int:
        """Nothing is kept of a file."""
        return 0


class SimulatedAdd(BulkAdd):
    """Files added with simulated readers."""

    readers: SimulatedReaders

    @contextmanager
    def _readers(self, companies: Companies) -> Iterator[SimulatedReaders]:
        yield self.readers


def simulate(
    files: FileList, readings: dict[str, FileReading], workers: int, seconds: float, place: Path
) -> tuple[float, float]:
    """Files a second with simulated workers, and the seconds of a processor that writing a file takes."""
    with tempfile.TemporaryDirectory(dir=place) as home:
        bulk = SimulatedAdd(files, Path(home) / "ledger.sqlite3")
        used = time.process_time()
        bulk.readers = SimulatedReaders(readings, workers, seconds)
        count = sum(1 for _ in bulk)
        return count / bulk.readers.now, (time.process_time() - used) / count


def linear(folder: Path, place: Path) -> tuple[int, float, float]:
    """How many files, and processor seconds of one `add` of all of them and of one `add` for each."""
    files = [Path(file.path) for file in list_files(folder).files]
    one, each = 0.0, 0.0
    with tempfile.TemporaryDirectory(dir=place) as name, FileAdder(Path(name) / "one.sqlite3") as adder:
        for first in range(0, len(files), _TURN):
            turn = files[first : first + _TURN]
            used = time.process_time()
            for path in turn:
                adder.add(path)
            one += time.process_time() - used
            used = time.process_time()
            for path in turn:
                with FileAdder(Path(name) / "each.sqlite3") as single:
                    single.add(path)
            each += time.process_time() - used
    return len(files), one, each


def measured_table(folder: Path, workers: list[int], place: Path) -> Iterator[str]:
    """Rows of the table of real runs."""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|{'---|' * len(_COLUMNS)}"
    for number in workers:
        with tempfile.TemporaryDirectory(dir=place) as home:
            for what in ("", ", all held"):
                found = run_apart(folder, number, Path(home))
                files, clock = sum(found["counts"].values()), found["seconds"]
                yield (
                    f"| {number}{what} | {files:,} | {clock:,.0f} | {files / clock:,.1f} "
                    f"| {found['own']:,.0f} s, {found['workers']:,.0f} s | {found['memory'] >> 20} MiB, "
                    f"{found['early'] >> 20} MiB | {found['worker memory'] >> 20} MiB |"
                )


def simulated_table(folder: Path, place: Path) -> Iterator[str]:
    """Rows of the table of simulated workers."""
    yield f"| workers | {' | '.join(f'files/s at {seconds:g} s a file' for seconds in _READ_SECONDS)} |"
    yield f"|---|{'---|' * len(_READ_SECONDS)}"
    files, companies, costs = list_files(folder), Companies.load(), []
    read = {file.path: read_here(FileJob(file.path), companies) for file in files.files}
    readings = {path: FileReading(one.ready, one.error, one.seconds, ()) for path, one in read.items()}
    for number in _SIMULATED:
        cells = []
        for seconds in _READ_SECONDS:
            rate, cost = simulate(files, readings, number, seconds, place)
            costs.append(cost)
            cells.append(f"{rate:,.1f} ({rate * seconds:,.1f}x)")
        yield f"| {number} | {' | '.join(cells)} |"
    cost = sorted(costs)[len(costs) // 2]
    bounds = " and ".join(f"{seconds / cost:,.0f}" for seconds in _READ_SECONDS)
    yield ""
    yield f"Writing a file takes {1000 * cost:.1f} ms of a processor: at most {bounds} workers are of use."


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--linear", type=int, default=1_000, help="files added at once and one by one; 0 for none"
    )
    parser.add_argument("--simulated", type=int, default=600, help="files of the simulation; 0 for none")
    parser.add_argument(
        "--place", type=Path, help="folder for files and ledgers; the system's for temporary files"
    )
    parser.add_argument("--run", type=Path, help="measure one run over a folder, as JSON")
    asked = parser.parse_args()
    if asked.run:
        print(json.dumps(run(asked.run, asked.workers[0])))
        return
    print(
        f"{platform.machine()}, {len(os.sched_getaffinity(0))} processors, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory(dir=asked.place) as name:
        place = Path(name)
        if asked.files:
            print(f"{sum(1 for _ in write_reports(place / 'filings', asked.files)):,} reports")
            for row in measured_table(place / "filings", asked.workers, place):
                print(row, flush=True)
        if asked.linear:
            sum(1 for _ in write_reports(place / "some", asked.linear))
            count, one, each = linear(place / "some", place)
            print(
                f"\n{count:,} files: one add {one:,.1f} s of a processor, {count:,} adds {each:,.1f} s",
                flush=True,
            )
        if asked.simulated:
            few = sum(1 for _ in write_reports(place / "few", asked.simulated))
            print(f"\n{few:,} reports, simulated workers")
            for row in simulated_table(place / "few", place):
                print(row, flush=True)


if __name__ == "__main__":
    main()
