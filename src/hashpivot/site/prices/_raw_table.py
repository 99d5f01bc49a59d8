"""The cells of a CSV or Parquet file, by column and not yet understood."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hashpivot.core import NotCsv, UnreadableFile, csv_rows, open_file, optional_library

from ..model import Floats, InvalidPrices

_PARQUET = b"PAR1"
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, eq=False)
class RawTable:
    """A file's columns.

    Args:
        where: How errors call it.
        columns: Cells by name, in the order of the file: text, or what Parquet holds.
        zoned: Columns of moments whose time zone Parquet knows; their cells are in UTC.
    """

    where: str
    columns: dict[str, Sequence[Any]]
    zoned: frozenset[str] = frozenset()

    def texts(self, name: str) -> list[str]:
        """Return a column as text without blanks around it."""
        return [str(cell).strip() for cell in self.columns[name]]

    def numbers(self, name: str, called: str) -> Floats:
        """Return a column as numbers, NaN where it is empty.

        Raises:
            InvalidPrices: If a cell is not a number: with its row.
        """
        cells = self.columns[name]
        if isinstance(cells, np.ndarray) and cells.dtype.kind in "biuf":
            return cells.astype(np.float64)
        try:
            return np.array([_number(cell) for cell in cells], dtype=np.float64)
        except (TypeError, ValueError):
            row, cell = next((n, c) for n, c in enumerate(cells, 1) if not _is_number(c))
            hint = "write decimals with a point" if "," in str(cell) else "write a number, or leave it empty"
            shown = repr(str(cell)[:60])
            raise InvalidPrices(
                f"{called} {shown} is not a number", where=f"{self.where} row {row}", hint=hint
            ) from None


def read_raw(path: Path) -> RawTable:
    """Read a file.

    Raises:
        UnreadableFile: If it cannot be read.
        InvalidPrices: If a row has more or fewer cells than the header, or cells are not separated by commas.
        MissingLibrary: If it is Parquet and pyarrow is not installed.
    """
    return (_parquet if _is_parquet(path) else _csv)(path)


def _is_parquet(path: Path) -> bool:
    try:
        with open_file(path) as file:
            return file.read(4) == _PARQUET
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"cannot be read: {why}", where=str(path)) from None


def _parquet(path: Path) -> RawTable:
    parquet = optional_library("pyarrow.parquet", "a Parquet file", "site")
    try:
        table = parquet.read_table(path)
        names = table.column_names
        columns = {name: table.column(number).to_numpy() for number, name in enumerate(names)}
    except Exception as error:
        raise UnreadableFile(f"is no Parquet table: {str(error)[:200]}", where=str(path)) from None
    _check_names(names, path)
    zoned = frozenset(field.name for field in table.schema if getattr(field.type, "tz", None))
    return RawTable(str(path), columns, zoned)


def _csv(path: Path) -> RawTable:
    try:
        with io.TextIOWrapper(open_file(path), "utf-8-sig", newline="") as lines:
            rows = (row.cells for row in csv_rows(lines))
            header = [name.strip() for name in next(rows, [])]
            _check_separator(header, path)
            cells = list(_cells(rows, len(header), path))
    except NotCsv as error:
        raise UnreadableFile(f"is no CSV: {error}", where=f"{path} line {error.line}") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "is not a CSV text in UTF-8"
        raise UnreadableFile(f"cannot be read: {why}", where=str(path)) from None
    _check_names(header, path)
    by_column = zip(*cells, strict=True) if cells else ((),) * len(header)
    return RawTable(str(path), dict(zip(header, by_column, strict=True)))


def _check_separator(header: list[str], path: Path) -> None:
    if len(header) != 1:
        return
    for mark, called in _OTHER_SEPARATORS.items():
        if mark in header[0]:
            raise InvalidPrices(
                f"cells are separated by {called}, not by commas",
                where=str(path),
                hint="write it with commas between cells and a point before decimals",
            )


def _check_names(header: list[str], path: Path) -> None:
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice is not None:
        raise InvalidPrices(f"column {twice} stands twice", where=str(path), hint="rename or remove one")


def _cells(rows: Iterator[list[str]], width: int, path: Path) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if row and len(row) != width:
            raise InvalidPrices(f"has {len(row)} cells, the header {width}", where=f"{path} row {number}")
        if row:
            yield row


def _number(cell: Any) -> float:
    """Return a cell as a number, NaN where it is empty."""
    empty = cell is None or (isinstance(cell, str) and not cell.strip())
    return np.nan if empty else float(cell)


def _is_number(cell: Any) -> bool:
    try:
        _number(cell)
    except (TypeError, ValueError):
        return False
    return True
