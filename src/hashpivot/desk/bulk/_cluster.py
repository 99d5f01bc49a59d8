"""Files read on a Dask cluster: their bytes are sent, as its workers may not see this machine's files."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hashpivot.core import Companies, HashpivotError, UnreadableFile, dask_client
from hashpivot.filings.source import GZIP_MAGIC
from hashpivot.lines import READER_VERSION

from ._file_reading import FileJob, FileReading, read_sent
from ._processes import WorkerFailure, took_too_long

_MOST_SENT = 40_000_000
"""Bytes of one file as it is sent, gzip: an annual report of 20 MB has two."""
_LEVEL = 1  # of gzip: filings shrink to a tenth at any level, and this machine packs those of all workers


class ClusterReaders:
    """Reads files on a cluster.

    A worker that dies is replaced by the cluster, which tries the file elsewhere. One that hangs cannot be
    ended from here: its file is given up after the limit, and the cluster's owner has to restart the worker.

    Args:
        client: Of the scheduler.
        companies: Known companies.
        time_limit: Seconds one file may take once it is its turn to be written.
    """

    def __init__(self, client: object, companies: Companies, *, time_limit: float) -> None:
        self._executor = client.get_executor(pure=False)  # type: ignore[attr-defined]
        workers = sum(client.nthreads().values())  # type: ignore[attr-defined]
        self.ahead = max(16, 4 * workers)
        self._companies = companies
        self._limit = time_limit

    def submit(self, job: FileJob) -> Future[FileReading]:
        """Have a file read.

        Raises:
            WorkerFailure: If the cluster was lost.
        """
        try:
            sent = _packed(job)
        except HashpivotError as error:
            failed: Future[FileReading] = Future()
            failed.set_result(FileReading(None, error))
            return failed
        try:
            future: Future[FileReading] = self._executor.submit(
                read_sent, sent, self._companies, READER_VERSION
            )
        except Exception as error:  # what a cluster raises is its own: ClosedClientError, ...
            raise _lost(error) from None
        return future

    def size(self, job: FileJob) -> int:
        """Bytes that a file waiting to be read takes here."""
        try:
            return Path(job.path).stat().st_size
        except (OSError, ValueError):
            return 0

    def result(self, job: FileJob, future: Future[FileReading]) -> FileReading:
        """What was read, waited for.

        Raises:
            WorkerFailure: If the cluster was lost, and with it the files it had been sent.
        """
        try:
            return future.result(self._limit)
        except TimeoutError:
            future.cancel()
            return FileReading(None, took_too_long(job.path, self._limit), self._limit)
        except CancelledError as error:
            raise _lost(error) from None
        except Exception as error:  # KilledWorker, ...
            told = UnreadableFile(
                f"the cluster failed on it: {type(error).__name__}: {str(error)[:200]}",
                where=job.path,
                hint="a worker may have ended for want of memory; add it without --cluster",
            )
            return FileReading(None, told)


def _lost(error: BaseException) -> WorkerFailure:
    why = f": {str(error)[:200]}" if str(error) else ", with the files it had been sent"
    return WorkerFailure(
        f"the cluster was lost{why}",
        hint="see that its scheduler runs, or add the files without --cluster",
    )


@contextmanager
def cluster_readers(address: str, companies: Companies, *, time_limit: float) -> Iterator[ClusterReaders]:
    """Readers on the cluster at an address, for as long as they are needed.

    Raises:
        MissingLibrary: If Dask is not installed.
        InvalidInput: If no scheduler answers at the address.
    """
    with dask_client(address) as client:
        yield ClusterReaders(client, companies, time_limit=time_limit)


def _packed(job: FileJob) -> FileJob:
    try:
        data = Path(job.path).read_bytes()
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(
            f"cannot be read: {told}", where=job.path, hint="check its permissions"
        ) from None
    packed = data if data.startswith(GZIP_MAGIC) else gzip.compress(data, _LEVEL, mtime=0)
    if len(packed) > _MOST_SENT:
        raise UnreadableFile(
            f"it has {len(packed):,} bytes packed, more than the {_MOST_SENT:,} that are sent to a cluster",
            where=job.path,
            hint="add it without --cluster",
        )
    return replace(job, content=packed)
