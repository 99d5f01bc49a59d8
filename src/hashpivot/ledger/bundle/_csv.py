"""Reading one table shipped with the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources.abc import Traversable
from typing import TypeVar

from hashpivot.core import BundleError, CsvRow, LedgerError, csv_rows

from ..store import column_difference

T = TypeVar("T")

HINT = "install hashpivot again"


def read_table(table: Traversable, columns: Sequence[str], parse: Callable[[Sequence[str]], T]) -> list[T]:
    """Return the rows of a table, parsed.

    Raises:
        BundleError: If it is damaged, naming the file and line.
    """
    line = 1
    try:
        with table.open(encoding="utf-8") as lines:
            rows = csv_rows(lines)
            _check_header(next(rows, CsvRow(line, [])).cells, columns)
            parsed = []
            for row in rows:
                line = row.line
                parsed.append(parse(row.cells))
            return parsed
    except (OSError, ValueError, KeyError, ArithmeticError, LedgerError) as error:
        raise BundleError(
            f"the bundled table is damaged: {error}", where=f"{table.name}:{line}", hint=HINT
        ) from None


def _check_header(header: Sequence[str], columns: Sequence[str]) -> None:
    if list(header) != list(columns):
        difference = column_difference(header, columns) or "they stand in another order"
        raise ValueError(f"the columns are not the expected ones: {difference}")
