"""What processes of tests do with files, and readers without processes."""

from __future__ import annotations

import os
import time
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from pathlib import Path

from hashpivot.core import Companies
from hashpivot.desk.bulk._file_reading import FileJob, FileReading, read_here
from hashpivot.desk.bulk._processes import read_in_process


def read_or_fail(job: FileJob) -> FileReading:
    """Read a file, unless its name says what befalls the process."""
    name = Path(job.path).name
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("die") or (name.startswith("once") and not _before(job.path)):
        os._exit(9)
    return read_in_process(job)


def write_slowly(job: FileJob) -> FileReading:
    """Begin a file beside the one that is read, as a writer does, and take long; be stubborn if so named."""
    begun = Path(f"{job.path}.begun")
    begun.touch()
    try:
        while True:
            with suppress(SystemExit) if "stubborn" in begun.name else nullcontext():
                time.sleep(600)
    finally:
        begun.unlink()


def _before(path: str) -> bool:
    """True from the second time on."""
    mark = Path(f"{path}.seen")
    if mark.exists():
        return True
    mark.touch()
    return False


class ReadersHere:
    """Reads files in this process when their results are asked for."""

    ahead = 5

    def __init__(self, companies: Companies) -> None:
        self._companies = companies
        self.begun: list[str] = []

    def __enter__(self) -> ReadersHere:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, job: FileJob) -> Future[FileReading]:
        self.begun.append(job.path)
        return Future()

    def result(self, job: FileJob, future: Future[FileReading]) -> FileReading:
        return read_here(job, self._companies)

    def size(self, job: FileJob) -> int:
        return 0
