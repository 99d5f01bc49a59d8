"""Companies as they were known on any day, made when first asked for and shared by views of several days."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from hashpivot.core import Figure, FiscalCalendar, Quarter, Source

from ..statements import CompanyStatements, ReportsRead, Statement, Vintage, note_scale_slips, rank
from ..store import Figures
from ._held_companies import HeldCompanies
from ._quarter_lines import QuarterLines

ByMeasure = Mapping[str, list[Figure]]


@dataclass(frozen=True)
class CompanyStatus:
    """A company by the figures that count on some day: its statements, and quarters by line made so far.

    Args:
        statements: Its statements.
        figures: Its figures by measure, with notes on slips of scale.
    """

    statements: CompanyStatements
    figures: ByMeasure
    lines: dict[Quarter, QuarterLines] = field(default_factory=dict)
    _by_address: dict[str, Mapping[str, list[Figure]]] = field(default_factory=dict)

    def by_address(self, measure: str) -> Mapping[str, Sequence[Figure]]:
        """Return the figures of a measure by address."""
        if measure not in self._by_address:
            self._by_address[measure] = by_address(self.figures.get(measure, ()))
        return self._by_address[measure]

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters with revenue, in total or by line, in order."""
        return tuple(
            quarter for quarter in self.statements.quarters if _has_revenue(self.statements, quarter)
        )


class CompanyOnDay:
    """One company in one view.

    Args:
        known: What counts on the view's day.
        status: Makes what its figures decide, when it is first asked for.
    """

    def __init__(self, known: Figures, status: Callable[[], CompanyStatus]) -> None:
        self.known = known
        self._make_status = status

    @cached_property
    def status(self) -> CompanyStatus:
        """What the figures decide; shared by days on which the same ones count."""
        return self._make_status()

    def quarter_lines(self, quarter: Quarter) -> QuarterLines:
        """Return a quarter by line."""
        lines = self.status.lines
        if quarter not in lines:
            lines[quarter] = QuarterLines(self.status.statements, quarter)
        return lines[quarter]


class ArchivedCompany:
    """One company with all that is held of it.

    Args:
        ticker: The company.
        held: Its figures, text facts, contracts and their sources, known on any day.
    """

    def __init__(self, ticker: str, held: Figures) -> None:
        self.ticker = ticker
        self.held = held
        self._statuses: dict[tuple[Vintage, int], CompanyStatus] = {}

    def holds(self, held: Figures) -> bool:
        """Tell whether this is what is held of it; the order of sources counts, as the last copy does."""
        return self.held == held and list(self.held.sources) == list(held.sources)

    def on(self, day: date | None, vintage: Vintage, calendar: FiscalCalendar) -> CompanyOnDay:
        """Return the company as it was known on a day; today's knowledge if none is given."""
        known = self.held.current(day)
        turn = len(self._turns) if day is None else bisect_right(self._turns, day)

        def status() -> CompanyStatus:
            if (vintage, turn) not in self._statuses:
                self._statuses[vintage, turn] = self._status(known, vintage, calendar)
            return self._statuses[vintage, turn]

        return CompanyOnDay(known, status)

    @cached_property
    def _turns(self) -> list[date]:
        return self.held.turns()

    def _status(self, known: Figures, vintage: Vintage, calendar: FiscalCalendar) -> CompanyStatus:
        figures: dict[str, list[Figure]] = defaultdict(list)
        for figure in known.figures:
            figures[figure.measure].append(figure)
        sources = self.held.sources
        noted = note_scale_slips(figures, sources)
        reports = ReportsRead(self.ticker, figures, sources, calendar)
        order = rank(vintage, sources)
        statements = CompanyStatements(self.ticker, noted.sound, sources, calendar, order, reports)
        return CompanyStatus(statements, noted.every)


class CompanyArchive:
    """All companies, each looked up when it is first asked for.

    Args:
        held: Where they are.
    """

    def __init__(self, held: HeldCompanies) -> None:
        self.held = held
        self.sources = _Sources(held)
        self._companies: dict[str, ArchivedCompany] = {}
        self._before: dict[str, ArchivedCompany] = {}

    def renewed(self) -> CompanyArchive:
        """Return the companies as they are held now; one of which nothing changed is taken over."""
        archive = CompanyArchive(self.held.renewed())
        archive._before = self._before | self._companies
        return archive

    def company(self, ticker: str) -> ArchivedCompany:
        """Return a company; an empty one if nothing is held of it."""
        if ticker not in self._companies:
            held, before = self.held.company(ticker), self._before.pop(ticker, None)
            same = before and before.holds(held)
            self._companies[ticker] = before if before and same else ArchivedCompany(ticker, held)
            self.sources.at_hand.update(self._companies[ticker].held.sources)
        return self._companies[ticker]


class _Sources(Mapping[str, Source]):
    """Sources by key: those of companies looked up are at hand, all others are read when one is missing."""

    def __init__(self, held: HeldCompanies) -> None:
        self._held = held
        self.at_hand: dict[str, Source] = {}

    def __getitem__(self, key: str) -> Source:
        source = self.at_hand.get(key)
        if not key:  # a derived figure has none
            raise KeyError(key)
        return self._held.sources()[key] if source is None else source

    def __iter__(self) -> Iterator[str]:
        return iter(self._held.sources())

    def __len__(self) -> int:
        return len(self._held.sources())


def by_address(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Return figures of one company and measure by address."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    names: dict[tuple[object, ...], str] = {}
    for figure in figures:
        question = figure.line, figure.qualifier, figure.start, figure.end
        name = names.get(question) or names.setdefault(question, figure.address)
        groups[name].append(figure)
    return groups


def _has_revenue(statements: CompanyStatements, quarter: Quarter) -> bool:
    measures = ("total_revenue", "revenue")
    return any(isinstance(statements.quarter(measure, quarter), Statement) for measure in measures)
