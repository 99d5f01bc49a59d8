"""What the ledger holds of one part of a quarter, from which grade of source, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from hashpivot.core import MEASURES, Figure, Line, Missing, Quarter, short_repr
from hashpivot.ledger import Statement, View

from ._parts import COSTS, OF_SECTION, Part


@short_repr
@dataclass(frozen=True, slots=True)
class Held:
    """One number, or one set of lines, that is held.

    Args:
        measure: A name from `MEASURES`.
        grade: The worst grade it stands on: A, B or C.
        known: Day from which all of it could be known.
    """

    measure: str
    grade: str
    known: date


@short_repr
@dataclass(frozen=True, slots=True)
class Holding:
    """A part of a quarter.

    Args:
        part: Which.
        held: Numbers held: measures, lines of cost, contracts or targets.
        of: Measures of the part that the ledger holds of this company in any quarter; of cost, the lines with
            revenue; 0 of announcements.
        best: Best grade among the numbers held; empty if none is held.
        worst: Worst grade among them.
        known: Latest day on which one of them became known.
    """

    part: Part
    held: int
    of: int = 0
    best: str = ""
    worst: str = ""
    known: date | None = None

    def __bool__(self) -> bool:
        return self.held > 0

    @property
    def whole(self) -> bool:
        """True if something is held, and of cost every line with revenue has one."""
        return bool(self) and (self.part is not Part.COST or self.held == self.of)

    def to_dict(self) -> dict[str, Any]:
        """`{"held", "of", "best_grade", "worst_grade", "known"}`; the last three null if nothing is held."""
        return {
            "held": self.held,
            "of": self.of,
            "best_grade": self.best or None,
            "worst_grade": self.worst or None,
            "known": self.known.isoformat() if self.known else None,
        }


def holding(part: Part, held: Iterable[Held | None], of: int = 1) -> Holding:
    """Sum up the numbers held of a part; None stands for one that is not."""
    numbers = [number for number in held if number]
    if not numbers:
        return Holding(part, 0, of)
    grades = [number.grade for number in numbers]
    return Holding(part, len(numbers), of, min(grades), max(grades), max(n.known for n in numbers))


class CompanyHoldings:
    """What a view holds of one company, looked up number by number.

    Args:
        view: The view.
        ticker: The company.
    """

    def __init__(self, view: View, ticker: str) -> None:
        self.ticker = ticker
        self.statements = view.company_statements(ticker)
        self._view = view
        self._figures = self.statements.figures
        self._found: dict[tuple[str, Quarter], Held | None] = {}

    def number(self, measure: str, quarter: Quarter) -> Held | None:
        """Return a quarter's number if it is held.

        Revenue by line is held if any line is; cost of revenue if each line with revenue has a cost or a
        gross profit by segment; a measure that does not add up (a ratio, an average) if a figure of any
        period that ends with the quarter is.
        """
        key = measure, quarter
        if key not in self._found:
            self._found[key] = self._look_up(measure, quarter)
        return self._found[key]

    def part(self, part: Part, quarter: Quarter) -> Holding:
        """Return what is held of a part that reports give."""
        if part is Part.TOTAL:
            return holding(part, [self.number("total_revenue", quarter)])
        if part is Part.LINES:
            return holding(part, [self.number("revenue", quarter)])
        if part is Part.COST:
            lines = self._costed(quarter)
            return holding(part, lines.values(), len(lines))
        measures = [measure for measure in OF_SECTION[part] if measure in self._figures]
        if part is Part.OPERATING:
            held = (self._months.get((measure, quarter)) for measure in measures)
            return holding(part, held, len(measures))
        return holding(part, (self.number(measure, quarter) for measure in measures), len(measures))

    def _look_up(self, measure: str, quarter: Quarter) -> Held | None:
        if measure == "total_revenue":
            return self._total(quarter)
        if measure == "cost_of_revenue":
            return self._cost(quarter)
        if measure not in self._figures:
            return None
        if not MEASURES[measure].flow:
            return self._figure(self.statements.instant(measure, quarter))
        if not MEASURES[measure].additive:
            ending = (f for f in self._figures[measure] if Quarter.of_period_end(f.end) == quarter)
            return next(map(self._figure, ending), None)
        return _statement(self.statements.quarter(measure, quarter))

    def _total(self, quarter: Quarter) -> Held | None:
        if not self._figures.keys() & {"total_revenue", "revenue"}:
            return None
        total = self._view.company_measure(self.ticker, quarter, "total_revenue")
        if isinstance(total, Missing):
            return None
        own = _statement(self.statements.quarter("total_revenue", quarter))
        lines = own or self.number("revenue", quarter)
        return Held("total_revenue", lines.grade if lines else "C", total.known)

    def _cost(self, quarter: Quarter) -> Held | None:
        """Gross profit of every line that has revenue; any cost or gross profit where no line has."""
        lines = self._costed(quarter)
        numbers = [number for number in lines.values() if number]
        return _worst(numbers) if numbers and len(numbers) == len(lines) else None

    def _costed(self, quarter: Quarter) -> dict[Line, Held | None]:
        """By line with revenue, the cost or gross profit that is held of it."""
        if not self._figures.keys() & COSTS:
            return {}
        lines = self._view.quarter_lines(self.ticker, quarter)
        figures = {**lines.segment, **lines.cost}
        earning = [line for line, revenue in lines.revenue.items() if revenue.value] or figures
        return {line: self._figure(figures[line]) if line in figures else None for line in earning}

    def _figure(self, figure: Figure | Missing) -> Held | None:
        if isinstance(figure, Missing):
            return None
        return Held(figure.measure, self._grade(figure), figure.known)

    def _grade(self, figure: Figure) -> str:
        """The grade of a figure's source; of a derived one that of the statement it stands in."""
        source = self._view.sources.get(figure.source)
        if source:
            return source.grade
        quarter = Quarter.of_period_end(figure.end)
        statement = _statement(self.statements.quarter(figure.measure, quarter))
        return statement.grade if statement else "C"

    @cached_property
    def _months(self) -> dict[tuple[str, Quarter], Held]:
        """Operating figures by the quarter that the last day of their period lies in, months among them."""
        held: dict[tuple[str, Quarter], list[Held]] = defaultdict(list)
        for measure in OF_SECTION[Part.OPERATING]:
            for figure in self._figures.get(measure, ()):
                if found := self._figure(figure):
                    held[measure, Quarter.containing(figure.end)].append(found)
        return {key: _worst(numbers) for key, numbers in held.items()}


def _statement(statement: Statement | Missing) -> Held | None:
    if isinstance(statement, Missing):
        return None
    return Held(statement.measure, statement.grade, statement.known)


def _worst(numbers: list[Held]) -> Held:
    grade, known = max(n.grade for n in numbers), max(n.known for n in numbers)
    return Held(numbers[0].measure, grade, known)
