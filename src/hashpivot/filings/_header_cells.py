"""Which header cell means a number: the one over it, or just beside it."""

from __future__ import annotations

from ._period_header import period_words
from ._table_rows import Cell

_NEAR = 2  # columns a number may stand beside the header cell that means it


def covering(cells: list[Cell], column: int) -> str:
    """The words of the last header cell that begins at or left of `column`, or just right of it."""
    begun = [text for left, _, text in cells if left <= column]
    return begun[-1] if begun else cells[0][2] if cells[0][0] - column <= _NEAR else ""


def stands_near(header: list[list[Cell]], column: int) -> bool:
    """True if a cell of the lowest dated header row stands over the column, or at most two beside it."""
    dated = [cells for cells in header if dates_any(cells)]
    return not dated or any(left - _NEAR <= column < left + width + _NEAR for left, width, _ in dated[-1])


def dates_any(cells: list[Cell]) -> bool:
    """True if any cell names a part of a period."""
    return any(period_words(text).says for _, _, text in cells)
