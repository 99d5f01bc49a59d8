"""Which header cell belongs to a number: the one over it, or just beside it."""

from __future__ import annotations

import re

from ._grid_rows import Cell, is_note
from ._period_header import NOT_A_PERIOD, period_words

_WORD = re.compile(r"[^\W\d_]{3}")
_NEAR = 2  # columns a number may stand beside the header cell that means it


def covering(cells: list[Cell], column: int, header: list[list[Cell]]) -> str:
    """The words of the last cell of a header row that begins at or left of `column`, or just right of it.

    A comparison that begins right of it is none of its words if another row of the header has a cell over it.
    """
    begun = [text for left, _, text in cells if left <= column]
    if begun:
        return begun[-1]
    left, _, text = cells[0]
    apart = NOT_A_PERIOD.search(text.lower()) and any(_stands_over(row, column) for row in header)
    return text if left - column <= _NEAR and not apart else ""


def stands_near(header: list[list[Cell]], column: int) -> bool:
    """True if a cell of the lowest dated header row stands over the column, or at most two beside it."""
    dated = [cells for cells in header if dates_any(cells)]
    return not dated or any(left - _NEAR <= column < left + width + _NEAR for left, width, _ in dated[-1])


def no_period_over(header: list[list[Cell]], column: int) -> bool:
    """True if the lowest row of several periods has another word over the column, such as `Note`."""
    rows = [cells for cells in header if sum(map(_is_dated, cells)) > 1]
    over = [cell for cell in (rows[-1] if rows else []) if cell[0] <= column < cell[0] + cell[1]]
    return any(not _is_dated(cell) and not is_note(cell[2]) and _WORD.search(cell[2]) for cell in over)


def _is_dated(cell: Cell) -> bool:
    return period_words(cell[2]).says


def _stands_over(cells: list[Cell], column: int) -> bool:
    return any(left <= column < left + width for left, width, _ in cells)


def dates_any(cells: list[Cell]) -> bool:
    """True if any cell names a part of a period."""
    return any(period_words(text).says for _, _, text in cells)
