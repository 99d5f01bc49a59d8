"""The grid of a live model: rows of formulas by quarter that refer to each other whatever their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hashpivot.core import Quarter
from hashpivot.formula import Term

from ..workbook import MONEY, Page

START, FIRST = 2, 3
"""Columns of what a row starts from, and of the first quarter."""


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A row; a heading if it has no key.

    Args:
        title: What it is.
        key: How other rows refer to it.
        each: Its formula in a quarter, by position.
        unit: Its unit.
        form: Format of its numbers.
        start: What it starts from, where it needs that.
        strong: True for totals.
    """

    title: str
    key: str = ""
    each: Callable[[int], Term] | None = None
    unit: str = "USD"
    form: str = MONEY
    start: Term | None = None
    strong: bool = False


class LiveGrid:
    """Rows of one sheet.

    Args:
        page: The sheet.
        quarters: The quarters, a column each.
        top: Row of the first row.
    """

    def __init__(self, page: Page, quarters: Sequence[Quarter], top: int) -> None:
        self._page, self.quarters, self._top = page, quarters, top
        self._rows: list[LiveRow] = []
        self._places: dict[str, int] = {}
        self._values: dict[tuple[str, int], float] = {}

    def add(self, rows: Iterable[LiveRow]) -> None:
        """Put rows below those there are."""
        for row in rows:
            if row.key:
                self._places[row.key] = len(self._rows)
            self._rows.append(row)

    def cell(self, key: str, step: int) -> Term:
        """The cell of a row in a quarter; in the quarter before the first, what it starts from."""
        place = self._places[key]
        return Term(
            self._page.at(self._top + place, FIRST + step if step >= 0 else START), self._value(key, step)
        )

    def write(self) -> None:
        """Fill the sheet, quarter by quarter, so that every formula finds the values it stands on."""
        for at, row in enumerate(self._rows, self._top):
            self._head(at, row)
        for step in range(len(self.quarters)):
            for at, row in enumerate(self._rows, self._top):
                if row.each:
                    look: dict[str, object] = {"bold": True, "top": 1} if row.strong else {}
                    self._page.formula(at, FIRST + step, row.each(step), row.form, **look)

    def _head(self, at: int, row: LiveRow) -> None:
        if not row.key:
            self._page.band(at, (row.title,), FIRST + len(self.quarters))
            return
        look: dict[str, object] = {"bold": True, "top": 1} if row.strong else {}
        self._page.text(at, 0, row.title, **look)
        self._page.text(at, 1, row.unit, **look)
        if row.start:
            self._page.formula(at, START, row.start, row.form, **look)
        elif row.strong:
            self._page.text(at, START, "", **look)

    def _value(self, key: str, step: int) -> float:
        row = self._rows[self._places[key]]
        if step < 0:
            return row.start.value if row.start else 0.0
        if (key, step) not in self._values:
            assert row.each is not None
            self._values[key, step] = row.each(step).value
        return self._values[key, step]
