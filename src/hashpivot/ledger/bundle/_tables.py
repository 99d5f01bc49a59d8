"""The tables shipped with the package, and the reported figures and sources among them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from hashpivot.core import BundleError

from ..store import FIGURE_COLUMNS, SOURCE_COLUMNS, Figures, figure_of, source_of

T = TypeVar("T")


@cache
def bundled() -> Figures:
    """The figures shipped with the package, read once a process.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    return read_tables(files("hashpivot.ledger") / "data")


def read_tables(folder: Traversable) -> Figures:
    """The figures and sources of `figures.csv` and `sources.csv` in a folder.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    sources = read_table(folder / "sources.csv", SOURCE_COLUMNS, source_of)
    figures = tuple(read_table(folder / "figures.csv", FIGURE_COLUMNS, figure_of))
    by_key = {source.key: source for source in sources}
    stray = next((figure for figure in figures if figure.source not in by_key), None)
    if stray:
        raise BundleError(f"figure {stray.id} names no known source", where="figures.csv", hint=_HINT)
    return Figures(by_key, figures)


_HINT = "install hashpivot again"


def read_table(table: Traversable, columns: Sequence[str], parse: Callable[[Sequence[str]], T]) -> list[T]:
    """The rows of a table, parsed.

    Raises:
        BundleError: If it is damaged, naming the file and line.
    """
    line = 1
    try:
        with table.open(encoding="utf-8") as lines:
            rows = csv.reader(lines)
            if next(rows, []) != list(columns):
                raise ValueError("the columns are not the expected ones")
            found = []
            for row in rows:
                line = rows.line_num
                found.append(parse(row))
            return found
    except (OSError, ValueError, KeyError, ArithmeticError, csv.Error) as error:
        raise BundleError(
            f"the bundled table is damaged: {error}", where=f"{table.name}:{line}", hint=_HINT
        ) from None
