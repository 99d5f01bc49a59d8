"""All reported statements of one company, and its quarters: reported where possible, else derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from hashpivot.core import (
    ONE_DAY,
    Figure,
    FiscalCalendar,
    Line,
    Missing,
    Quarter,
    Source,
    is_quarter_long,
    months_in,
)

from ._all_lines import completing
from ._combine import combine
from ._derive import Derivation
from ._ranking import Rank, choose, prefer_derived
from ._reports_read import ExpectedReport, ReportsRead, title_of
from ._statement import DETAIL, Slot, Statement, additive, moments, statements
from ._tie_status import TieStatus, tie_status
from ._why_absent import report_to_get, why_absent

Accept = Callable[[Statement], bool]
_Period = tuple[date, date]
Item = TypeVar("Item")
Key = TypeVar("Key")

_TOTALS = {"revenue": "total_revenue", "cost_of_revenue": "total_cost_of_revenue"}
_WITHIN = timedelta(days=45)  # half a quarter: a balance further off belongs to another quarter
_MONTHS = timedelta(days=62)  # two months, as some production updates cover
_ROUNDED = Decimal(10_000)  # as in `_derive`


class CompanyStatements:
    """One company's statements by measure and period, as one view sees them.

    Args:
        ticker: The company.
        figures: Its figures by measure.
        sources: Sources by key.
        calendar: Its fiscal calendar, for the bounds of quarters nobody reported.
        order: The view's preference.
        reports: Which of its reports were read.
    """

    def __init__(
        self,
        ticker: str,
        figures: Mapping[str, list[Figure]],
        sources: Mapping[str, Source],
        calendar: FiscalCalendar,
        order: Rank,
        reports: ReportsRead,
    ) -> None:
        self.ticker = ticker
        self.figures = figures
        self.order = order
        self._sources = sources
        self._calendar = calendar
        self._reports = reports
        self._statements: dict[str, list[Statement]] = {}
        self._by_period: dict[str, Mapping[_Period, Sequence[Statement]]] = {}
        self._by_quarter: dict[str, Mapping[Quarter | None, Sequence[Statement]]] = {}
        self._by_end: dict[str, Mapping[date, Sequence[Figure]]] = {}
        self._derivations: dict[str, Derivation] = {}
        self._quarters: dict[tuple[str, Quarter], Statement | Missing] = {}

    def statements(self, measure: str) -> list[Statement]:
        """Every reported statement of a flow measure, compared with its total."""
        if measure not in self._statements:
            reported = statements(self.figures.get(measure, ()), self._sources)
            self._statements[measure] = [self._compared(statement) for statement in reported]
        return self._statements[measure]

    def period(self, measure: str, start: date, end: date) -> Statement | None:
        """The best reported statement of exactly this period."""
        return choose(self.of_period(measure, start, end), self.order)

    def of_period(self, measure: str, start: date, end: date) -> Sequence[Statement]:
        """Every reported statement of a measure and exactly this period."""
        if measure not in self._by_period:
            self._by_period[measure] = _grouped(self.statements(measure), lambda s: (s.start, s.end))
        return self._by_period[measure].get((start, end), ())

    def _of_quarter(self, measure: str, quarter: Quarter) -> Sequence[Statement]:
        """Every reported statement of a measure that is as long as a quarter, and of this one."""
        if measure not in self._by_quarter:
            self._by_quarter[measure] = _grouped(self.statements(measure), lambda s: s.quarter)
        return self._by_quarter[measure].get(quarter, ())

    def _ending(self, measure: str) -> Mapping[date, Sequence[Figure]]:
        """Every figure of a measure, but those of the breakdown `detail`, by the last day of its period."""
        if measure not in self._by_end:
            figures = (f for f in self.figures.get(measure, ()) if f.breakdown != DETAIL)
            self._by_end[measure] = _grouped(figures, lambda f: f.end)
        return self._by_end[measure]

    def quarter(self, measure: str, quarter: Quarter, accept: Accept | None = None) -> Statement | Missing:
        """The best statement of a quarter, reported or derived, or why there is none.

        Args:
            measure: A flow measure.
            quarter: The calendar quarter.
            accept: If given, only statements it agrees to are used.
        """
        if accept:
            chosen = [s for s in self.statements(measure) if accept(s)]
            of_quarter = [s for s in self._of_quarter(measure, quarter) if accept(s)]
            return self._quarter(measure, quarter, of_quarter, Derivation(chosen, self.order))
        key = measure, quarter
        if key not in self._quarters:
            reported = self._of_quarter(measure, quarter)
            self._quarters[key] = self._quarter(measure, quarter, reported, self._derivation(measure))
        return self._quarters[key]

    def _derivation(self, measure: str) -> Derivation:
        """Derives periods of a measure from all statements."""
        if measure not in self._derivations:
            self._derivations[measure] = Derivation(self.statements(measure), self.order)
        return self._derivations[measure]

    def quarter_on(self, measure: str, quarter: Quarter, basis: str) -> Statement | Missing:
        """The best statement of a quarter on one basis, or why there is none; as `quarter` where it fits."""
        best = self.quarter(measure, quarter)
        if isinstance(best, Missing) or best.basis == basis:
            return best
        return self.quarter(measure, quarter, lambda statement: statement.basis == basis)

    def instant(self, measure: str, quarter: Quarter) -> Figure | Missing:
        """The figure of a moment nearest to the quarter's end, at most 45 days from it."""
        end = self.bounds(quarter)[1]
        near = [day for day in self._ending(measure) if abs(day - end) <= _WITHIN]
        if not near:
            return self.absent(measure, quarter)
        day = min(near, key=lambda day: (abs(day - end), day))
        return self.moment(measure, day) or self.absent(measure, quarter)

    def moment(self, measure: str, day: date) -> Figure | None:
        """The best figure of an instant on exactly this day."""
        best = choose(moments(self._ending(measure).get(day, ()), self._sources), self.order)
        return best.figures[None] if best else None

    def shows_all_lines(self, statement: Statement) -> bool:
        """True if a longer period whose lines add up to its total shows a statement's lines to be all."""
        return completing(statement, self.statements(statement.measure)) is not None

    def eliminations(self, statement: Statement) -> Figure | None:
        """What the sources of a statement's lines eliminate between them, derived as the lines are."""
        parts = statement.parts or ((1, statement),)
        owned = ((sign, self._own("eliminations", part)) for sign, part in parts)
        terms = [(sign, own.figures[None]) for sign, own in owned if own]
        if not terms or not statement.parts:
            return terms[0][1] if terms else None
        return combine(terms, replace(terms[0][1], start=statement.start, end=statement.end))

    def absent(
        self, measure: str, quarter: Quarter, line: Line | None = None, *, every_line: bool = False
    ) -> Missing:
        """Why the reports on a quarter give no such number: not read, or read and silent.

        Args:
            measure: The measure.
            quarter: The quarter.
            line: One line of it; None for the whole measure.
            every_line: True if some lines are given, and what is missing is that of every line.
        """
        subject = f"{title_of(measure).removesuffix(' by line')} of every line" if every_line else ""
        return self._reports.absent(measure, quarter, title_of(measure, line) if line else subject)

    def to_get(self, measure: str, quarter: Quarter) -> ExpectedReport | None:
        """The report whose reading could give a quarter's missing number; None if it was read and is silent.

        Of a quarter that longer periods surround it is the one that gives an operand.
        """
        if not additive(measure):
            return self._reports.to_get(measure, quarter)
        bounds = self.bounds(quarter)
        return report_to_get(measure, self.statements(measure), quarter, bounds, self._reports)

    def report_read(self, measure: str, quarter: Quarter) -> Source | None:
        """The report on a quarter that was read and would hold a measure; None if none was."""
        return self._reports.read(measure, quarter)

    def expected(self, quarter: Quarter) -> ExpectedReport:
        """The report that holds the quarter's statements, in the form the company files."""
        return self._reports.expected(quarter)

    def bounds(self, quarter: Quarter) -> tuple[date, date]:
        """First and last day of the company's fiscal quarter that belongs to a calendar quarter."""
        return self._calendar.bounds(quarter)

    @cached_property
    def quarters(self) -> list[Quarter]:
        """Every quarter that some revenue figure of three months or more touches, in order."""
        flows = [s for m in ("revenue", "total_revenue") for s in self.statements(m)]
        long = [s for s in flows if months_in(s.start, s.end) >= 3]
        touched: set[Quarter] = set()
        for statement in long:
            first = statement.quarter or Quarter.containing(statement.start + timedelta(days=45))
            touched.update(first.through(Quarter.of_period_end(statement.end)))
        return sorted(touched)

    def _quarter(
        self, measure: str, quarter: Quarter, of_quarter: Iterable[Statement], derivation: Derivation
    ) -> Statement | Missing:
        reported = choose(of_quarter, self.order)
        if reported and reported.grade != "C" and reported.step < _ROUNDED:
            return reported
        if not additive(measure):
            return reported or self.absent(measure, quarter)
        spans = [(reported.start, reported.end)] if reported else self._spans(derivation.statements, quarter)
        path = next(filter(None, (derivation.of(*span) for span in spans)), None)
        derived = self._compared(path) if path else None
        if derived and not reported:
            return derived
        if derived and reported and prefer_derived(reported, derived):
            return _with_parts(derived, reported)
        return reported or why_absent(
            measure, self.statements(measure), quarter, self.bounds(quarter), self._reports
        )

    def _spans(self, usable: Sequence[Statement], quarter: Quarter) -> list[tuple[date, date]]:
        """Periods that may be the quarter: by the fiscal calendar, and between days that statements name.

        A company whose calendar is not known, or drifts with the weekdays, still has its reported periods.
        The months of production updates are none: three of them may straddle two quarters.
        """
        first, last = self.bounds(quarter)
        long = [s for s in usable if s.end - s.start > _MONTHS]
        edges = sorted({day for s in long for day in (s.start, s.end + ONE_DAY)})
        ends = [day - ONE_DAY for day in edges if Quarter.of_period_end(day - ONE_DAY) == quarter]
        tiles = [
            (start, end) for end in ends for start in edges if start < end and is_quarter_long(start, end)
        ]
        tiles.sort(key=lambda tile: (abs(tile[0] - first) + abs(tile[1] - last), tile))
        return list(dict.fromkeys([(first, last), *tiles]))

    def _compared(self, statement: Statement) -> Statement:
        """The statement with its lines compared with the total: its own source's, else the best known."""
        measure = _TOTALS.get(statement.measure)
        if not measure:
            shown = self._shown(statement)
            return replace(statement, shown=shown) if shown else statement
        eliminated = self.eliminations(statement)
        left = eliminated.value if eliminated else Decimal(0)
        total, lines = self._total(measure, statement), statement.figures.values()
        status = tie_status(lines, total, left)
        if total is None and any(part.tie_status == TieStatus.SHORT for _, part in statement.parts):
            status = TieStatus.SHORT  # what the parts leave unexplained is missing here too
        if left and statement.measure != "revenue":  # segments' costs are stated before or after eliminations
            status = min(status, tie_status(lines, total, Decimal(0)))
        return replace(statement, tie_status=status, shown=self._shown(statement))

    def _shown(self, statement: Statement) -> frozenset[Slot]:
        """Lines with revenue in the same source and period as a statement of costs or gross profit."""
        if statement.derived or statement.measure not in ("cost_of_revenue", "segment_gross_profit"):
            return frozenset()
        revenue = self.of_period("revenue", statement.start, statement.end)
        same = (s.signature for s in revenue if s.source == statement.source)
        return frozenset[Slot]().union(*same)

    def _total(self, measure: str, statement: Statement) -> Figure | None:
        """The total of the whole company for the period of a statement: its own source's, else the best."""
        if statement.derived:
            total = self.quarter_on(measure, Quarter.of_period_end(statement.end), statement.basis)
            return total.figures[None] if isinstance(total, Statement) else None
        best = self._own(measure, statement) or choose(self._beside(measure, statement), self.order)
        return best.figures[None] if best else None

    def _own(self, measure: str, statement: Statement) -> Statement | None:
        """The statement of another measure by the same source for the same period, on the same basis."""
        beside = self._beside(measure, statement)
        return choose((s for s in beside if s.source == statement.source), self.order)

    def _beside(self, measure: str, statement: Statement) -> Iterator[Statement]:
        """The statements of another measure for the same period, on the same basis."""
        same_period = self.of_period(measure, statement.start, statement.end)
        return (s for s in same_period if s.basis == statement.basis)


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _with_parts(derived: Statement, reported: Statement) -> Statement:
    """The derived statement with the parts of lines the reported one tells apart, where the amounts agree."""
    agreed = {
        slot
        for slot, figure in reported.figures.items()
        if slot in derived.figures and abs(figure.value - derived.amount(slot)) <= figure.unit_step / 2
    }
    return replace(derived, split=tuple(part for part in reported.split if part.line in agreed))
