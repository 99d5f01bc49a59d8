"""Zip files of ERCOT: one with a CSV, or one of many zip files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime

from hashpivot.core import csv_rows

from ._report_table import ReportTable, changed

_MOST_BYTES = 400_000_000  # unpacked, of one zip: some ten times the largest archive of 1,000 documents
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def is_zip(body: bytes) -> bool:
    """True if the body is a whole zip file, its directory and every member."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return _size(packed) <= _MOST_BYTES and packed.testzip() is None
    except _BROKEN:
        return False


def members(body: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of a zip file.

    Raises:
        UnexpectedAnswer: If it is none, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if _size(packed) > _MOST_BYTES:
                raise changed(where, "its zip unpacks to more than can be")
            for entry in packed.infolist():
                if not entry.is_dir():
                    yield entry.filename, packed.read(entry)
    except _BROKEN as error:
        raise changed(where, f"no whole zip file ({type(error).__name__})") from None


def table_of_zip(body: bytes, where: str, posted: datetime | None) -> ReportTable:
    """The table of a zip file that holds one CSV.

    Raises:
        UnexpectedAnswer: If it holds none or several, or the CSV is none.
    """
    files = [data for name, data in members(body, where) if name.lower().endswith(".csv")]
    if len(files) != 1:
        raise changed(where, f"{len(files)} CSV files in a zip, one is due")
    try:
        rows = [row.cells for row in csv_rows(files[0].decode("utf-8-sig")) if row.cells]
    except ValueError:
        raise changed(where, "no CSV text in UTF-8") from None
    if not rows:
        raise changed(where, "an empty CSV")
    return ReportTable.of(where, rows[0], rows[1:], posted)


def _size(packed: zipfile.ZipFile) -> int:
    return sum(entry.file_size for entry in packed.infolist())
