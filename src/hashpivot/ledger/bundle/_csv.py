"""Reading one table shipped with the package."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from importlib.resources.abc import Traversable
from typing import TypeVar

from hashpivot.core import BundleError, LedgerError

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
            rows = csv.reader(lines)
            _check_header(next(rows, []), columns)
            parsed = []
            for row in rows:
                line = rows.line_num
                parsed.append(parse(row))
            return parsed
    except (OSError, ValueError, KeyError, ArithmeticError, csv.Error, LedgerError) as error:
        raise BundleError(
            f"the bundled table is damaged: {error}", where=f"{table.name}:{line}", hint=HINT
        ) from None


def _check_header(header: Sequence[str], columns: Sequence[str]) -> None:
    if list(header) != list(columns):
        difference = column_difference(header, columns) or "they stand in another order"
        raise ValueError(f"the columns are not the expected ones: {difference}")
