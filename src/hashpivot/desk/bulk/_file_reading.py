"""One file read by a worker: a process here or one of a cluster. What it sends back is small."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hashpivot.core import Companies, HashpivotError, UnreadableFile, short_repr
from hashpivot.filings.source import file_name
from hashpivot.lines import READER_VERSION
from hashpivot.sources import Store

from ..ledger import ReadyFile, keep_copy, ready_file


@short_repr
@dataclass(frozen=True, slots=True)
class FileJob:
    """What a worker needs to read one file.

    Args:
        path: The file.
        ticker: Whose it is, if it does not say.
        filed: Day it became public, if it does not say.
        content: Its bytes, for a worker that cannot open it; None for one that can.
    """

    path: str
    ticker: str = ""
    filed: date | None = None
    content: bytes | None = None


@short_repr
@dataclass(frozen=True, slots=True)
class FileReading:
    """What a worker says about one file.

    Args:
        ready: What would be put into the ledger; None if it could not be read.
        error: Why it could not.
        seconds: How long it took.
        kept: Warnings about the copy that is kept of it; None if the worker kept none.
    """

    ready: ReadyFile | None
    error: HashpivotError | None = None
    seconds: float = 0.0
    kept: tuple[str, ...] | None = None


def read_here(job: FileJob, companies: Companies, store: Store | None = None) -> FileReading:
    """Read a file of this machine, and keep a copy of it.

    Args:
        job: The file.
        companies: Known companies.
        store: Where a copy is kept; nowhere if not given.
    """
    started = time.perf_counter()
    try:
        ready = ready_file(job.path, ticker=job.ticker, filed=job.filed, companies=companies)
        kept = keep_copy(ready.source, Path(job.path), store) if store else None
    except HashpivotError as error:
        return FileReading(None, _without_cause(error), time.perf_counter() - started)
    except MemoryError:
        return FileReading(None, out_of_memory(job.path), time.perf_counter() - started)
    return FileReading(ready, None, time.perf_counter() - started, kept)


def read_sent(job: FileJob, companies: Companies, reader: int) -> FileReading:
    """Read a file from the bytes that were sent along.

    Args:
        job: The file, with its content.
        companies: Known companies of the machine that asks.
        reader: Version of its reader, which must be ours.
    """
    if reader != READER_VERSION:
        told = UnreadableFile(
            f"the cluster reads with version {READER_VERSION} of the reader, this machine with {reader}",
            where=job.path,
            hint="install the same version of hashpivot on both",
        )
        return FileReading(None, told)
    with tempfile.TemporaryDirectory(prefix="hashpivot-") as folder:
        path = Path(folder) / file_name(Path(job.path))
        path.write_bytes(job.content or b"")
        reading = read_here(FileJob(str(path), job.ticker, job.filed), companies)
    if reading.error and reading.error.where == str(path):
        reading.error.where = job.path
    return reading


def out_of_memory(path: str) -> HashpivotError:
    """The error of a file whose reading needs more memory than there is."""
    return UnreadableFile("it needs more memory than there is", where=path, hint="use fewer workers")


def _without_cause(error: HashpivotError) -> HashpivotError:
    """The error without the frames it was raised in, which hold the file's whole tree."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
