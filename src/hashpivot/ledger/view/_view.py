"""A view: what was known, to whom it may concern, on one day and in one vintage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from hashpivot.core import (
    MEASURES,
    Companies,
    Company,
    Figure,
    FiscalCalendar,
    InvalidInput,
    Missing,
    Quarter,
    Remark,
    Source,
    YearEnd,
)

from ..bundle import bundled
from ..disclosures import Contract, RiskFlag, Target, in_force
from ..store import Figures, Ledger
from ._book import Book
from ._choose import Vintage, rank
from ._lines import QuarterLines, quarter_lines, total_revenue
from ._resolve import Address, resolve
from ._said import stated_flags, stated_targets
from ._statement import Statement
from ._trace import Trace, trace

_Shelf = tuple[Book, dict[Quarter, QuarterLines]]
_Pool = dict[tuple[str, tuple[int, ...]], _Shelf]


class View:
    """The best answers a set of figures gives; of several copies of one filing, the last added speaks.

    Args:
        figures: What is in the ledger.
        as_of: Only figures known on or before this day; all if None.
        vintage: `latest` known, or `first` reported.
        companies: For fiscal calendars; those of `Companies.load()` if not given.
    """

    def __init__(
        self,
        figures: Figures,
        *,
        as_of: date | None = None,
        vintage: Vintage = "latest",
        companies: Mapping[str, Company] | None = None,
    ) -> None:
        if vintage not in ("latest", "first"):
            raise InvalidInput(f"{vintage!r} is not a vintage", hint="use latest or first")
        self.as_of = as_of
        self.vintage = vintage
        self.sources: Mapping[str, Source] = figures.sources
        self._given_companies = companies
        self.all_figures = figures
        self._grades = {key: source.grade for key, source in figures.sources.items()}
        self._figures: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        self._books: dict[str, _Shelf] = {}
        self._pool: _Pool = {}
        self._remarks: dict[str, list[Remark]] = defaultdict(list)
        current = figures.current(as_of)
        for figure in current.figures:
            self._figures[figure.ticker][figure.measure].append(figure)
        for remark in current.remarks:
            self._remarks[remark.ticker].append(remark)
        self.announced_contracts: tuple[Contract, ...] = current.contracts

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, as_of: date | None = None, vintage: Vintage = "latest"
    ) -> View:
        """The default desk's view: the bundled figures and the user's own ledger together.

        Args:
            path: The user's ledger; the one in `home()` if not given. It need not exist.

        Raises:
            LedgerError: If the user's ledger cannot be read.
            BundleError: If the bundled tables are damaged.
        """
        with Ledger.open(path) as ledger:
            own = ledger.read()
        return cls(bundled() | own, as_of=as_of, vintage=vintage)

    def __repr__(self) -> str:
        day = f" as of {self.as_of}" if self.as_of else ""
        return f"View({len(self._figures)} companies, {self.vintage}{day})"

    def on(self, day: date) -> View:
        """The same figures as they were known on a day, or on this view's own if that is earlier."""
        as_of = min(day, self.as_of) if self.as_of else day
        if as_of == self.as_of:
            return self
        view = View(self.all_figures, as_of=as_of, vintage=self.vintage, companies=self.companies)
        view._pool = self._pool
        return view

    def tickers(self) -> list[str]:
        """Companies with any figure, in alphabetical order."""
        return sorted(self._figures)

    def quarters(self, ticker: str) -> list[Quarter]:
        """Quarters in which the company has revenue, in total or by line, in order."""
        book = self.book(ticker)
        return [quarter for quarter in book.quarters if self._has_revenue(book, quarter)]

    def quarter_lines(self, ticker: str, quarter: Quarter) -> QuarterLines:
        """Revenue, cost and gross profit by line, the total and what is left over."""
        book, lines = self._shelf(ticker)
        if quarter not in lines:
            lines[quarter] = quarter_lines(book, quarter)
        return lines[quarter]

    def company_measure(self, ticker: str, quarter: Quarter, measure: str) -> Figure | Missing:
        """A measure of the whole company.

        Flows: the quarter, reported or derived. Instants: the figure nearest to the quarter's end, at most
        45 days from it.

        Raises:
            InvalidInput: If there is no such measure.
        """
        known = MEASURES.get(measure)
        if not known:
            raise InvalidInput(f"no measure is called {measure!r}", hint=f"one of {', '.join(MEASURES)}")
        book = self.book(ticker)
        if measure == "total_revenue":
            return total_revenue(book, quarter)
        if measure in ("unattributed", "eliminations"):
            lines = self.quarter_lines(ticker, quarter)
            return lines.unattributed if measure == "unattributed" else lines.eliminations
        if not known.flow:
            return book.instant(measure, quarter)
        found = book.quarter(measure, quarter)
        if isinstance(found, Missing):
            return found
        return found.figures.get(None) or Missing(f"{known.title.lower()} is kept by line only")

    def lines(self, ticker: str) -> list[Figure]:
        """Every quarter's revenue, cost and gross profit by line, oldest first."""
        each = (self.quarter_lines(ticker, quarter) for quarter in self.quarters(ticker))
        return [figure for lines in each for figure in lines.figures()]

    def gaps(self, ticker: str) -> dict[str, Missing]:
        """What `lines` could not give, with the reason, oldest quarter first.

        Keys: `TICKER/QUARTER/revenue` and `TICKER/QUARTER/cost_of_revenue` where nothing by line is known,
        `TICKER/QUARTER/gross_profit/LINE` for a line without a gross profit.
        """
        found: dict[str, Missing] = {}
        for quarter in self.quarters(ticker):
            lines, name = self.quarter_lines(ticker, quarter), f"{ticker}/{quarter}"
            known = ((measure, lines.missing.get(measure)) for measure in ("revenue", "cost_of_revenue"))
            found |= {f"{name}/{measure}": why for measure, why in known if why is not None}
            profits = lines.gross_profit.items()
            found |= {f"{name}/gross_profit/{k}": v for k, v in profits if isinstance(v, Missing)}
        return found

    def figure(self, address: str) -> Figure:
        """The figure of an address such as `RIOT/2024Q4/revenue/self_mining`, or of a full id.

        Raises:
            UnknownFigure: With the reason, or the nearest addresses as a hint.
        """
        return resolve(self, Address.parse(address))

    def trace(self, address: str) -> Trace:
        """Where a number comes from, down to reported figures and their sources.

        Raises:
            UnknownFigure: As `figure`.
        """
        return trace(self.figure(address), self.figure, self.sources)

    def figures(self, ticker: str, measure: str | None = None) -> list[Figure]:
        """The reported figures in view, of one company and measure."""
        held = self._figures.get(ticker, {})
        return list(held.get(measure, ())) if measure else [f for group in held.values() for f in group]

    def remarks(self, ticker: str, kind: str | None = None) -> list[Remark]:
        """Return what texts say in words, of one company and kind: bundled ones first, then added ones."""
        return [r for r in self._remarks.get(ticker, ()) if kind is None or r.kind == kind]

    def contracts(self, ticker: str | None = None, day: date | None = None) -> tuple[Contract, ...]:
        """Return the AI contracts in force, by company and announcement; safe to sum.

        A row that extends a deal has no megawatts of its own; a row that restates its deal stands for all
        earlier rows of it, and takes over their value and term where it gives none.
        `announced_contracts` holds the rows as announced.

        Args:
            ticker: One company's; all if None.
            day: In force on this day, as far as known on it; on the view's own day if None or later.
        """
        day = min(day or date.max, self.as_of or date.max)
        contracts = in_force(self.announced_contracts, day)
        return tuple(c for c in contracts if ticker is None or c.ticker == ticker)

    def targets(self, ticker: str, day: date | None = None) -> list[Target]:
        """Return what a company said it would reach, earliest first; said by a day if one is given."""
        return stated_targets(self.remarks(ticker, "target"), day)

    def withdrawals(self, ticker: str, day: date | None = None) -> list[Target]:
        """Return what a company said it would not reach after all, earliest first."""
        return stated_targets(self.remarks(ticker, "withdrawal"), day)

    def risk_flags(self, ticker: str, day: date | None = None) -> list[RiskFlag]:
        """Return the risks a company's texts state, each once a text.

        A text that states none has a flag of an empty kind, so that silence is told from no text read.
        """
        return stated_flags([*self.remarks(ticker, "text"), *self.remarks(ticker, "flag")], self.sources, day)

    def book(self, ticker: str) -> Book:
        """One company's statements."""
        return self._shelf(ticker)[0]

    def _shelf(self, ticker: str) -> _Shelf:
        """A company's book and lines, shared with other days' views that see the same figures of it."""
        if ticker not in self._books:
            figures = self._figures.get(ticker, {})
            key = ticker, tuple(id(figure) for group in figures.values() for figure in group)
            if key not in self._pool:
                order = rank(self.vintage, self.sources)
                book = Book(ticker, figures, self._grades, self._calendar(ticker), order)
                self._pool[key] = book, {}
            self._books[ticker] = self._pool[key]
        return self._books[ticker]

    @cached_property
    def companies(self) -> Mapping[str, Company]:
        """The companies whose fiscal calendars it goes by."""
        return Companies.load() if self._given_companies is None else self._given_companies

    def _calendar(self, ticker: str) -> FiscalCalendar:
        company = self.companies.get(ticker)
        return company.calendar if company else FiscalCalendar(YearEnd(12))

    @staticmethod
    def _has_revenue(book: Book, quarter: Quarter) -> bool:
        measures: Iterable[str] = ("total_revenue", "revenue")
        return any(isinstance(book.quarter(measure, quarter), Statement) for measure in measures)
