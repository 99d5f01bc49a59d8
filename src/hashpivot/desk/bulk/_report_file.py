"""The report of many files: one row each, written as it comes."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from hashpivot.core import UnwritableFile, records_csv, write_bytes

from ._outcome import COLUMNS, FileOutcome


class ReportFile:
    """A CSV file with a row for each outcome; a context manager.

    An earlier report is kept beside it, as `report.1.csv` and so on: what it says of files that are held by
    now is said nowhere else. Each row is appended by one write, so that whoever reads the file meanwhile, or
    after this process was killed, finds whole rows. A cell that a spreadsheet would take for a formula gets
    an apostrophe before it.

    Args:
        path: The file; None writes nothing.

    Raises:
        UnwritableFile: If it cannot be written, with what was written before in place.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file = -1

    def __enter__(self) -> Self:
        if self._path is not None:
            head = records_csv([dict.fromkeys(COLUMNS, "")]).splitlines(keepends=True)[0]
            try:
                _keep_earlier(self._path)
                write_bytes(head.encode(), self._path)
                self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
            except OSError as error:
                raise self._unwritable(error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def write(self, outcome: FileOutcome) -> None:
        """Append the row of an outcome."""
        if self._path is None:
            return
        row = records_csv([outcome.to_dict()], header=False).encode("utf-8", "backslashreplace")
        try:
            self._append(row)
        except OSError as error:
            raise self._unwritable(error) from None

    def _append(self, row: bytes) -> None:
        """Append all of a row or, where the disk is full, nothing of it."""
        before = os.fstat(self._file).st_size
        left = row
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except OSError:
            if len(left) < len(row):
                os.ftruncate(self._file, before)
            raise

    def _unwritable(self, error: OSError) -> UnwritableFile:
        return UnwritableFile(
            f"cannot be written: {error.strerror}",
            where=str(self._path),
            hint="what was added is kept: run the same command again with a report elsewhere",
        )


def _keep_earlier(path: Path) -> None:
    """Move a report that is there already out of the way; none is replaced."""
    if not path.is_file() or not path.stat().st_size:
        return
    for number in count(1):
        aside = path.with_name(f"{path.stem}.{number}{path.suffix}")
        if not aside.exists():
            path.rename(aside)
            return
