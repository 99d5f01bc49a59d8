"""Tables of records: rows of a CSV file or of Python, as text by column; and the template to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hashpivot.core import (
    CsvRow,
    InvalidInput,
    NoData,
    NotCsv,
    UnreadableFile,
    csv_rows,
    near_keys,
    read_bytes,
)

from ..store import RowFault, RowFaults
from ._kinds import RecordKind

_MOST_BYTES = 64_000_000
"""Larger files are no tables somebody wrote: a ledger's figures take a few megabytes."""
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, as Excel's `Unicode text`
_MOST_DIGITS = 40
"""A number with a larger exponent is not written out; it is refused as no plain number."""
_SPACES = re.compile(r"[^\S\r\n\t ]")  # such as the no-break space of a page one copied from
_SAVE = "save it as `CSV UTF-8 (comma delimited)`"


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row.

    Args:
        line: Its line in the file, or its number from 1; 0 of one row alone.
        cells: Text by column, without white space around it.
    """

    line: int
    cells: dict[str, str]


def template(kind: RecordKind) -> str:
    """Return a CSV table with the header of a kind and one row as an example."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in kind.columns)
    writer.writerow(column.example for column in kind.columns)
    return text.getvalue()


def rows_of_file(path: str | Path, kind: RecordKind) -> list[TextRow]:
    """Return the rows of a CSV file; empty ones are passed over.

    Raises:
        UnreadableFile: If it is missing, empty, too large, not UTF-8 or no CSV.
        InvalidInput: If its columns are not those of the kind.
        RowFaults: If a row has more or fewer cells than the header.
        NoData: If it has no row.
    """
    where = str(path)
    text = _text(Path(path), where)
    lines = csv_rows(text)
    try:
        header = [cell.strip().lower() for cell in next(lines, CsvRow(1, [])).cells]
        _check_header(header, kind, text.partition("\n")[0], where)
        rows = _rows(lines, header, where)
    except NotCsv as error:
        raise UnreadableFile(f"is no CSV: {error}", where=f"{where}:{error.line}", hint=_SAVE) from None
    if not rows:
        raise NoData("the table has no row", where=where, hint=f"write {kind.name} below its header")
    return rows


def rows_of_mappings(
    rows: Mapping[str, object] | Iterable[Mapping[str, object]], kind: RecordKind
) -> list[TextRow]:
    """Return rows, or one, given in Python; numbers, dates and booleans may be such, and None is empty.

    Raises:
        InvalidInput: If a row is no mapping, or has a key that is no column of the kind.
        NoData: If there is no row.
    """
    numbered = [(0, rows)] if isinstance(rows, Mapping) else list(enumerate(rows, 1))
    odd = next((number for number, row in numbered if not isinstance(row, Mapping)), None)
    if odd is not None:
        raise InvalidInput("is no row", where=f"row {odd}", hint="give a mapping from columns to cells")
    texts = [
        TextRow(number, {str(name): _as_text(value) for name, value in row.items()})
        for number, row in numbered
    ]
    if not texts:
        raise NoData("there is no row", hint=f"give at least one of {kind.name}")
    for row in texts:
        _check_names(row.cells, kind, f"row {row.line}" if row.line else "")
    return texts


def _text(path: Path, where: str) -> str:
    try:
        data = read_bytes(path, _MOST_BYTES)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"cannot be read: {why}", where=where) from None
    if not data.strip():
        raise UnreadableFile("is empty", where=where, hint="--template prints a table to begin with")
    try:
        if data.startswith(_OTHER_MARKS):
            raise ValueError
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile("is not UTF-8", where=f"{where}:{line}", hint=_SAVE) from None
    except ValueError:
        raise UnreadableFile("is UTF-16, not UTF-8", where=where, hint=_SAVE) from None


def _check_header(header: Sequence[str], kind: RecordKind, first: str, where: str) -> None:
    for sign, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and sign in first:
            hint = f"{_SAVE}, or replace them by commas; numbers then have a decimal point"
            raise InvalidInput(f"its columns are separated by {called}, not commas", where=where, hint=hint)
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(f"column {twice!r} stands twice in the header", where=where, hint="remove one")
    _check_names(header, kind, where)
    missing = [name for name in kind.required if name not in header]
    if missing:
        raise InvalidInput(
            f"the header lacks {', '.join(missing)}", where=where,
            hint=f"hashpivot record {kind.name} --template prints it",
        )  # fmt: skip


def _check_names(names: Iterable[str], kind: RecordKind, where: str) -> None:
    known = [column.name for column in kind.columns]
    stray = next((name for name in names if name not in (*known, *kind.exported)), None)
    if stray is not None:
        raise InvalidInput(
            f"{stray!r} is no column of {kind.name}", where=where,
            hint=near_keys(stray, known) or f"columns are {', '.join(known)}",
        )  # fmt: skip


def _rows(lines: Iterator[CsvRow], header: Sequence[str], where: str) -> list[TextRow]:
    rows, faults = [], []
    for line, cells in lines:
        texts = [_trimmed(cell) for cell in cells]
        if any(texts) and len(texts) != len(header):
            message = f"has {len(texts)} cells, the header {len(header)} columns"
            faults.append(RowFault(line, "", message, "quote cells that hold a comma"))
        elif any(texts):
            rows.append(TextRow(line, dict(zip(header, texts, strict=True))))
    if faults:
        raise RowFaults(faults, where=where)
    return rows


def _trimmed(text: str) -> str:
    """A cell without white space around it, every other space in it a plain one."""
    return _SPACES.sub(" ", text).strip()


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        value = Decimal(repr(value).removesuffix(".0"))
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS else str(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return _trimmed(str(value))
