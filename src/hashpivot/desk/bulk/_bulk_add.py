"""Many files put into a ledger: read by several workers, written by one, in the order of the list."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from hashpivot.core import (
    Companies,
    HashpivotError,
    InvalidInput,
    LedgerError,
    LedgerPlace,
    Source,
    named_path,
    terminal_line,
)
from hashpivot.filings.source import MAX_BYTES, load
from hashpivot.lines import READER_VERSION

from ..ledger import FileAdder
from ._cluster import cluster_readers
from ._file_reading import FileJob, FileReading
from ._listing import FileList, ListedFile
from ._outcome import BulkSummary, FileOutcome, FileState, OutcomeCounter
from ._processes import ProcessReaders
from ._report_file import ReportFile

TIME_LIMIT = 120.0
"""Seconds one file may take; the largest filings take ten on a slow machine."""
MOST_WORKERS = 256
_DEFAULT_WORKERS = 16  # at most, however many processors there are: each may need a GiB
_LEDGER_WAIT = 60.0  # seconds for another writer: a run of hours does not end for a backup of the ledger
_LEDGER_FAILURES = 3  # in a row, after which the ledger's failure is no longer that of a file
_BYTES_AHEAD = 200_000_000  # of files sent to a cluster and not yet written

_Begun = FileOutcome | tuple[FileJob, Future[FileReading]]
"""What became of a file that need not be read, or one that is being read."""


class Readers(Protocol):
    """Whatever reads files: processes, or a cluster."""

    ahead: int

    def submit(self, job: FileJob) -> Future[FileReading]:
        """Have a file read."""

    def result(self, job: FileJob, future: Future[FileReading]) -> FileReading:
        """What was read, waited for."""

    def size(self, job: FileJob) -> int:
        """Bytes that a file waiting to be read takes here."""


class BulkAdd:
    """Files that are being added. Iterate to add them: each outcome comes once its file is written.

    Files are read ahead by workers and written by this process in the order of the list, as one `add` of all
    of them would, each in one transaction. An iteration that ends early keeps what was written; the next one,
    or another process, goes on from there: files that are held by this version of the reader are skipped.

    Args:
        files: The files.
        ledger: Where the ledger is kept; the user's if not given.
        workers: Processes; as many as there are processors if not given.
        cluster: Address of a Dask scheduler, instead of processes here.
        report: Where a CSV file with a row for each outcome is written; nowhere if not given.
        time_limit: Seconds one file may take.

    Raises:
        InvalidInput: If workers or time limit are out of bounds, both workers and a cluster are given, or the
            report would replace one of the files.
    """

    def __init__(
        self,
        files: FileList,
        ledger: LedgerPlace | None = None,
        *,
        workers: int | None = None,
        cluster: str = "",
        report: str | Path | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        if cluster and workers is not None:
            raise InvalidInput("workers and a cluster exclude each other", hint="leave one of them out")
        if workers is not None and not 1 <= workers <= MOST_WORKERS:
            raise InvalidInput(f"{workers} workers", hint=f"give a number from 1 to {MOST_WORKERS}")
        if not 0 < time_limit <= 86_400:
            raise InvalidInput(
                f"a time limit of {time_limit:g} seconds", hint="give some seconds, such as 120"
            )
        if report is not None and _is_read(named_path(report), files):
            raise InvalidInput(
                "the report would replace what is read", where=str(report), hint="name another file"
            )
        self.files = files
        self._ledger = ledger
        self._workers = workers or default_workers()
        self._cluster = cluster
        self._report = named_path(report) if report is not None else None
        self._limit = time_limit
        self._counter = OutcomeCounter()
        self._seconds = 0.0
        self._ledger_failures = 0

    def __len__(self) -> int:
        return len(self.files.files)

    def __repr__(self) -> str:
        return terminal_line(f"BulkAdd({len(self):,} files)")

    def __iter__(self) -> Iterator[FileOutcome]:
        """Add the files.

        Raises:
            LedgerError: If the ledger cannot be opened, or fails for several files in a row.
            UnwritableFile: If the report cannot be written.
            MissingLibrary, InvalidInput: Of a cluster; see `hashpivot.core.dask_client`.
            WorkerFailure: If processes cannot be started, or the cluster is lost.
        """
        self._counter, self._ledger_failures = OutcomeCounter(), 0
        started = time.monotonic()
        try:
            with FileAdder(self._ledger, wait=_LEDGER_WAIT) as adder:
                adder.ledger.last_seal()  # one that cannot be read is found out before anything is replaced
                with self._readers(adder.companies) as readers, ReportFile(self._report) as report:
                    for begun in _ahead(self.files.files, adder, readers):
                        outcome = self._finished(begun, adder, readers)
                        report.write(outcome)
                        self._counter.count(outcome)
                        self._seconds = time.monotonic() - started
                        yield outcome
        finally:
            self._seconds = time.monotonic() - started

    def summary(self) -> BulkSummary:
        """The sum of what was done by now."""
        return self._counter.summary(
            files=len(self),
            hidden=self.files.hidden,
            others=self.files.others,
            seconds=self._seconds,
            report=str(self._report) if self._report is not None else "",
        )

    def _readers(self, companies: Companies) -> AbstractContextManager[Readers]:
        if self._cluster:
            return cluster_readers(self._cluster, companies, time_limit=self._limit)
        return ProcessReaders(min(self._workers, max(len(self), 1)), companies, time_limit=self._limit)

    def _finished(self, begun: _Begun, adder: FileAdder, readers: Readers) -> FileOutcome:
        if isinstance(begun, FileOutcome):
            return begun
        job, future = begun
        reading = readers.result(job, future)
        if reading.ready is None:
            return FileOutcome(job.path, FileState.FAILED, error=reading.error, seconds=reading.seconds)
        try:
            added = adder.put(job.path, reading.ready, kept=reading.kept)
        except LedgerError as error:
            self._ledger_failures += 1
            if self._ledger_failures >= _LEDGER_FAILURES:
                raise
            return FileOutcome(job.path, FileState.FAILED, error=error, seconds=reading.seconds)
        self._ledger_failures = 0
        state = FileState.ADDED if added.new else FileState.REREAD if added.reread else FileState.HELD
        return FileOutcome(job.path, state, added.source, added, seconds=reading.seconds)


def _is_read(report: Path, files: FileList) -> bool:
    """True if a report would stand in the place of the list or one of the files, however they are named."""
    if not report.exists():
        return False
    return any(_same(report, path) for path in (files.source, *(file.path for file in files.files)))


def _same(report: Path, path: str) -> bool:
    try:
        return report.samefile(path)
    except (OSError, ValueError):
        return False  # there is no such file


def default_workers() -> int:
    """As many as there are processors for this process, within reason."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _DEFAULT_WORKERS)


def _ahead(files: tuple[ListedFile, ...], adder: FileAdder, readers: Readers) -> Iterator[_Begun]:
    """Each file in order, once as many after it as the readers can use have begun to be read."""
    begun: deque[tuple[_Begun, int]] = deque()
    waiting = 0
    for listed in files:
        one = _begin(listed, adder, readers)
        size = 0 if isinstance(one, FileOutcome) else readers.size(one[0])
        begun.append((one, size))
        waiting += size
        while len(begun) >= readers.ahead or (waiting > _BYTES_AHEAD and begun):
            first, size = begun.popleft()
            waiting -= size
            yield first
    yield from (one for one, _ in begun)


def _begin(listed: ListedFile, adder: FileAdder, readers: Readers) -> _Begun:
    """A file that is being read, or what became of it if it need not be."""
    if listed.problem:
        return FileOutcome(listed.path, FileState.FAILED, error=listed.problem)
    try:
        digest = hashlib.sha256(load(Path(listed.path), MAX_BYTES)).hexdigest()
    except HashpivotError as error:
        return FileOutcome(listed.path, FileState.FAILED, error=error)
    held = adder.ledger.source(digest)
    if held and _need_not_be_read(held, listed):
        return FileOutcome(listed.path, FileState.HELD, held)
    job = FileJob(listed.path, listed.ticker, listed.filed)
    return job, readers.submit(job)


def _need_not_be_read(held: Source, listed: ListedFile) -> bool:
    """True if this version of the reader read a file, and what the list says of it is what it found."""
    end = held.period_end
    return (
        held.reader >= READER_VERSION
        and listed.ticker.upper() in ("", held.ticker)
        and not (listed.filed and end and listed.filed < end)
    )
