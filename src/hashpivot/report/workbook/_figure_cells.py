"""Figures in cells: a reported one is an input, a derived one a formula over the cells of its operands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hashpivot.core import Figure, Source
from hashpivot.formula import Term, signed
from hashpivot.ledger import View

from ..shared import clean, figure_title, minus
from ._book import Book, Reconciliation
from ._sheet import COUNT, EXACT, MONEY, SHARE, ComputedNumber, Sheet, SourcedNumber

_SIGNED_SUM = re.compile(r"(?:- )?\{\d+\}(?: [+-] \{\d+\})*")
_FORMS = {"usd": MONEY, "shares": COUNT, "pure": SHARE}


@dataclass(frozen=True, slots=True)
class _CellPlace:
    row: int
    column: int


class FigureCells:
    """The cells of one page that hold figures, each figure in one place, wherever else it is used.

    Figures that stand nowhere in the tables are listed below them, from `free_row` on.

    Args:
        book: Collects sources and checks.
        page: Where figures are written.
        view: Knows operands and sources.
        free_row: First row of the list below the tables.
    """

    def __init__(self, book: Book, page: Sheet, view: View, free_row: int) -> None:
        self._book, self._page, self._view = book, page, view
        self._places: dict[str, _CellPlace] = {}
        self._listed: dict[str, Term] = {}
        self._first = self._free = free_row

    def reserve(self, figure: Figure, row: int, column: int) -> None:
        """Say where a figure of a table will be written, so that formulas written earlier can refer to it."""
        self._places.setdefault(figure.id, _CellPlace(row, column))

    def in_table(self, figure: Figure) -> bool:
        """True if a figure stands in a table of the page, not in the list below."""
        return figure.id in self._places and figure.id not in self._listed

    def write(self, figure: Figure, row: int, column: int, **style: object) -> Term:
        """Fill a cell with a figure; the term refers to that cell."""
        here, form = _CellPlace(row, column), _FORMS.get(figure.unit, EXACT)
        home = self._places.setdefault(figure.id, here)
        if home != here:
            self._page.formula(row, column, self._refer(home, figure), form, **style)
        elif figure.operands:
            self._derived(figure, row, column, form, style)
        else:
            self._page.number(row, column, self._input(figure), form, **style)
        return self._refer(here, figure)

    def term(self, figure: Figure) -> Term:
        """The cell a figure stands in; it is listed below the tables if it stands in none."""
        home = self._places.get(figure.id)
        if home:
            return self._refer(home, figure)
        if not self._listed:
            heads = ("Other figures used above", "Period", "Value", " Where from")
            self._page.band(self._first, heads, 8, numbers=range(2, 3))
            self._free += 1
        row = self._free
        self._free += 1
        self._listed[figure.id] = cell = self.write(figure, row, 2)
        self._page.text(row, 0, figure_title(figure))
        self._page.text(row, 1, figure.period)
        self._page.text(row, 3, self.origin(figure), indent=1)
        return cell

    def origin(self, figure: Figure) -> str:
        """Number and title of its source, its label and place there; or its formula."""
        source = self._view.sources.get(figure.source)
        note = f"; {figure.note}" if figure.note else ""
        if source is None:
            return f"{figure.kind}, known {figure.known}{note}"
        number = self._book.number_of(source)
        return (
            f"[{number}] {_named(source)}, “{clean(figure.label, 80)}”, {clean(str(figure.locator), 80)}, "
            f"known {figure.known}{note}"
        )

    def _derived(self, figure: Figure, row: int, column: int, form: str, style: dict[str, object]) -> None:
        formula = self._formula(figure)
        if formula is None or not formula.agrees(figure.value):
            note = f"{minus(figure.formula)} of {', '.join(figure.operands)}"
            self._page.number(row, column, ComputedNumber(float(figure.value), note), form, **style)
            return
        self._page.formula(row, column, formula, form, **style)
        if figure.note:
            self._page.note(row, column, figure.note)
        wanted = Term(repr(float(figure.value)), float(figure.value))
        found = Term(self._page.outside(row, column), formula.value)
        where = figure.ticker, figure.period
        self._book.checks.append(
            Reconciliation(where, f"{figure_title(figure)}, as derived", found, wanted, 0.005)
        )

    def _formula(self, figure: Figure) -> Term | None:
        """Sums and differences of operands, the only formulas the ledger writes; None for any other."""
        if not _SIGNED_SUM.fullmatch(figure.formula):
            return None
        operands = [self.term(self._view.figure(address)) for address in figure.operands]
        named = re.findall(r"(-?) ?\{(\d+)\}", figure.formula)
        return signed([(-1 if sign else 1, operands[int(position)]) for sign, position in named])

    def _input(self, figure: Figure) -> SourcedNumber:
        source = self._view.sources.get(figure.source)
        return SourcedNumber(float(figure.value), source.url if source else "", self.origin(figure))

    def _refer(self, place: _CellPlace, figure: Figure) -> Term:
        return Term(self._page.at(place.row, place.column), float(figure.value))


def _named(source: Source) -> str:
    """Title and, if known, accession."""
    return f"{source.title} {source.accession}".strip()
