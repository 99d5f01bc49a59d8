"""The grid of a live model: a row for each quantity, a column for each quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hashpivot.core import Quarter
from hashpivot.formula import FormulaError, Number, Term, as_term

from ..workbook import MONEY, Sheet

START, FIRST = 2, 3
"""Columns of what a row starts from, and of the first quarter."""

_BEFORE = -1
"""The step of what a row starts from."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A row; a heading if it has no name.

    Args:
        title: What it is.
        name: The quantity of the model it shows, or any other name for a row with a formula of its own.
        unit: Its unit.
        form: Format of its numbers.
        formula: Its formula by step, if the model does not compute it.
        strong: True for totals.
    """

    title: str
    name: str = ""
    unit: str = "USD"
    form: str = MONEY
    formula: Callable[[int], Term] | None = None
    strong: bool = False

    @property
    def look(self) -> dict[str, object]:
        """How its cells look."""
        return {"bold": True, "top": 1} if self.strong else {}


class ModelGrid:
    """The rows of one sheet, filled by the model that records its quantities here.

    Args:
        page: The sheet.
        quarters: The quarters, a column each.
        top: Row of the first row.
    """

    shows_all = True

    def __init__(self, page: Sheet, quarters: Sequence[Quarter], top: int) -> None:
        self._page, self.quarters, self._top = page, quarters, top
        self._rows: list[ModelRow] = []
        self._places: dict[str, int] = {}
        self._terms: dict[tuple[str, int], Term] = {}
        self._step = _BEFORE

    def add(self, rows: Iterable[ModelRow]) -> None:
        """Put rows below those there are; all of them before the model begins."""
        for row in rows:
            if row.name:
                self._places[row.name] = len(self._rows)
            self._rows.append(row)

    def enter(self, step: int) -> None:
        """Go on to the column of a quarter."""
        self._step = step

    def __call__(self, name: str, quantity: Number) -> Term:
        """Put a quantity of the model into its cell of the present column, and return that cell.

        Raises:
            FormulaError: If no row shows it.
        """
        if name not in self._places:
            raise FormulaError(
                f"the model computes {name!r}, which no row of the sheet shows", hint="add a row for it"
            )
        self._terms[name, self._step] = as_term(quantity)
        return self.cell(name, self._step)

    def start(self, name: str, quantity: Number) -> None:
        """Say what a row with a formula of its own starts from."""
        self._terms[name, _BEFORE] = as_term(quantity)

    def cell(self, name: str, step: int) -> Term:
        """The cell of a row in a quarter; of what it starts from in the quarter before the first."""
        place = self._places[name]
        column = START if step == _BEFORE else FIRST + step
        return Term(self._page.at(self._top + place, column), self._term(self._rows[place], step).value)

    def write(self) -> str:
        """Fill the sheet.

        Returns:
            The text of all its formulas.

        Raises:
            FormulaError: If the model has not recorded a quantity that a row shows.
        """
        for at, row in enumerate(self._rows, self._top):
            self._head(at, row)
            if row.name:
                for step in range(len(self.quarters)):
                    self._page.formula(at, FIRST + step, self._term(row, step), row.form, **row.look)
        return " ".join(term.text for term in self._terms.values())

    def _head(self, at: int, row: ModelRow) -> None:
        if not row.name:
            self._page.band(at, (row.title,), FIRST + len(self.quarters))
            return
        self._page.text(at, 0, row.title, **row.look)
        self._page.text(at, 1, row.unit, **row.look)
        start = self._terms.get((row.name, _BEFORE))
        if start:
            self._page.formula(at, START, start, row.form, **row.look)
        elif row.strong:
            self._page.text(at, START, "", **row.look)

    def _term(self, row: ModelRow, step: int) -> Term:
        if (row.name, step) not in self._terms:
            if row.formula is None:
                raise FormulaError(f"the model does not compute {row.name!r}, which a row of the sheet shows")
            self._terms[row.name, step] = row.formula(step)
        return self._terms[row.name, step]
