"""Files read in processes of this machine: one that hangs or dies costs its own file and no other."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from queue import SimpleQueue
from types import FrameType, TracebackType
from typing import Self

from hashpivot.core import Companies, HashpivotError, UnreadableFile, WorkerContext, begin_worker
from hashpivot.sources import Store

from ._file_reading import FileJob, FileReading, out_of_memory, read_here

_START_SECONDS = 120.0
"""How long a process may take to start: it imports the reader, from a slow disk at worst."""
_START_TRIES = 10
"""Where one has started before: the system may have ended the next one for want of memory."""
_TIDY_SECONDS = 1.0
"""How long a process that is told to end may take to undo what it has begun, before it is killed."""
_FORCE = getattr(signal, "SIGKILL", signal.SIGTERM)
_FILES_A_PROCESS = 1_000
"""After which a process is replaced, so that memory it cannot give back does not add up."""


Read = Callable[[FileJob], FileReading]


class WorkerFailure(HashpivotError):
    """Processes that read files cannot be started on this machine, or a cluster was lost."""


class ProcessReaders:
    """Reads files in processes; a context manager.

    Each process has one file at a time, and this object knows which: a process that takes longer than the
    limit is ended, one that ended by itself is tried once more, and the next file gets a new one.

    Args:
        workers: How many processes.
        companies: Known companies.
        time_limit: Seconds one file may take.
        read: What a process does with a file; it reads it and keeps a copy if not given.
    """

    def __init__(
        self, workers: int, companies: Companies, *, time_limit: float, read: Read | None = None
    ) -> None:
        self.ahead = 16 * workers
        self._limit = time_limit
        self._threads = ThreadPoolExecutor(workers, "hashpivot-bulk")
        self._lanes = [_Lane(companies, read or read_in_process) for _ in range(workers)]
        self._idle: SimpleQueue[_Lane] = SimpleQueue()
        for lane in self._lanes:
            self._idle.put(lane)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End all processes, whatever they do: tidily within a moment, or by force."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for lane in self._lanes:
            lane.stop()
        for lane in self._lanes:
            lane.close()
        self._threads.shutdown()
        for lane in self._lanes:
            lane.close()  # one that a thread was just starting

    def submit(self, job: FileJob) -> Future[FileReading]:
        """Have a file read; its future raises WorkerFailure if no process can be started."""
        return self._threads.submit(self._read, job)

    def size(self, job: FileJob) -> int:
        """Bytes that a file waiting to be read takes here."""
        return 0

    def result(self, job: FileJob, future: Future[FileReading]) -> FileReading:
        """What was read, waited for.

        Raises:
            WorkerFailure: If no process can be started.
        """
        return future.result()

    def _read(self, job: FileJob) -> FileReading:
        lane = self._idle.get()
        try:
            return lane.read(job, self._limit)
        finally:
            self._idle.put(lane)


class _Lane:
    """One process after another."""

    def __init__(self, companies: Companies, read: Read) -> None:
        self._companies = companies
        self._read = read
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._process = 0
        self._files = 0
        self._closed = False
        self._tries = 1

    def read(self, job: FileJob, limit: float) -> FileReading:
        """Read one file, in a second process if the first ended."""
        for _ in range(2):
            try:
                return self._running().submit(stoppable, self._read, job).result(limit)
            except TimeoutError:
                self.end()
                return FileReading(None, took_too_long(job.path, limit), limit)
            except (BrokenExecutor, CancelledError):
                self.end()
                if self._closed:
                    break
        return FileReading(None, _ended(job.path))

    def end(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            pool, self._pool = self._pool, None
            if pool is None:
                return
            if not self._process:  # it has not started
                pool.shutdown(wait=False, cancel_futures=True)
                return
            _send(self._process, signal.SIGTERM)
            force = threading.Timer(_TIDY_SECONDS, _send, (self._process, _FORCE))
            force.start()
            pool.shutdown(cancel_futures=True)
            force.cancel()
            self._process = self._files = 0

    def stop(self) -> None:
        """Tell the process to end, for good."""
        self._closed = True
        if process := self._process:
            _send(process, signal.SIGTERM)

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self.end()

    def _running(self) -> ProcessPoolExecutor:
        self._files += 1
        if self._files > _FILES_A_PROCESS:
            self.end()
            self._files = 1
        if self._pool is None:
            self._start()
        if self._closed or self._pool is None:
            raise BrokenExecutor
        return self._pool

    def _start(self) -> None:
        for _ in range(self._tries):
            self._pool = pool = ProcessPoolExecutor(
                1, mp_context=WorkerContext(), initializer=_prepare, initargs=(self._companies,)
            )
            try:
                self._process = pool.submit(os.getpid).result(_START_SECONDS)
            except (BrokenExecutor, CancelledError, TimeoutError):
                self.end()
                if self._closed:
                    return
            else:
                self._tries = _START_TRIES
                return
        raise WorkerFailure(
            "a process that reads files cannot be started",
            hint="in a script, call it below `if __name__ == '__main__':`; else try --workers 1",
        )


def took_too_long(path: str, limit: float) -> HashpivotError:
    """The error of a file that was not read within the limit."""
    return UnreadableFile(
        f"it was not read within {limit:g} seconds", where=path, hint="a longer --time-limit gives it more"
    )


def _ended(path: str) -> HashpivotError:
    error = out_of_memory(path)
    error.message = "the process that read it ended before it was done, twice: probably for want of memory"
    return error


def _send(process: int, how: signal.Signals) -> None:
    try:
        os.kill(process, how)
    except OSError:
        return  # it ended by itself


# Of a process that reads

_companies: Companies | None = None
_store: Store | None = None
_at_work = False


def _prepare(companies: Companies) -> None:
    """Begin a process that reads."""
    global _companies
    begin_worker()
    signal.signal(signal.SIGTERM, _stop)
    _companies = companies


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """End the file at hand, once, as a second signal would disturb the tidying after the first.

    What is sent back is not cut: whoever reads it would wait for the rest.
    """
    global _at_work
    if _at_work:
        _at_work = False
        raise SystemExit


def stoppable(read: Read, job: FileJob) -> FileReading:
    """Read a file until the process is told to end."""
    global _at_work
    _at_work = True
    try:
        return read(job)
    finally:
        _at_work = False


def read_in_process(job: FileJob) -> FileReading:
    """Read a file in a process that `ProcessReaders` started."""
    global _store
    assert _companies is not None
    if _store is None:
        _store = opened_store()
    return read_here(job, _companies, _store)


def opened_store() -> Store | None:
    """The user's store; None if it cannot be opened, which whoever asked finds out too."""
    from hashpivot.core import DocumentStoreError

    try:
        return Store()
    except DocumentStoreError:
        return None
