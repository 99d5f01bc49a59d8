"""CSV read row by row, with the line each row begins at and one error for what is no CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class CsvRow(NamedTuple):
    """A row.

    Args:
        line: The line of the file it begins at, from 1; a quoted cell may hold further lines.
        cells: Its cells; none of an empty line.
    """

    line: int
    cells: list[str]


class NotCsv(ValueError):
    """A text is no CSV; the message says why, for people.

    Args:
        message: Why.
        line: At which line.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def csv_rows(lines: str | Iterable[str], *, quoted: bool = True, delimiter: str = ",") -> Iterator[CsvRow]:
    """Yield the rows of a CSV text, the header first.

    Args:
        lines: The text, or a file opened with `newline=""`.
        quoted: False where a quote is a character like any other.
        delimiter: What separates cells.

    Raises:
        NotCsv: If a quote is not closed, a cell goes on behind its quote, or a cell is longer than the `csv`
            module takes (131,072 characters): there, too, a quote is amiss.
    """
    text = io.StringIO(lines, newline="") if isinstance(lines, str) else lines
    reader = csv.reader(
        text,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
    line = 1
    try:
        for cells in reader:
            yield CsvRow(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(_words(str(error)), line) from None


def csv_records(
    lines: str | Iterable[str], needed: Iterable[str] = (), *, quoted: bool = True, delimiter: str = ","
) -> Iterator[dict[str, str]]:
    """Yield the rows below the header, by column; empty lines are passed over.

    Args:
        lines: As for `csv_rows`.
        needed: Columns that must be there.
        quoted: As for `csv_rows`.
        delimiter: As for `csv_rows`.

    Raises:
        NotCsv: As `csv_rows`; if a column is missing, or a row has another number of cells than the header.
    """
    rows = csv_rows(lines, quoted=quoted, delimiter=delimiter)
    names = next(rows, CsvRow(1, [])).cells
    missing = set(needed) - set(names)
    if missing:
        raise NotCsv(f"there is no column {min(missing)}", 1)
    for line, cells in rows:
        if cells and len(cells) != len(names):
            raise NotCsv(f"a row has {len(cells)} cells, the header {len(names)}", line)
        if cells:
            yield dict(zip(names, cells, strict=True))


def _words(said: str) -> str:
    """What Python says of a text, as a reader of the table would."""
    if "field limit" in said:
        return f"a cell has more than {csv.field_size_limit():,} characters"
    return "a quote is not closed" if "unexpected end" in said else said
