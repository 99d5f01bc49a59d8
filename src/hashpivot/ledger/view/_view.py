"""A point-in-time view of the ledger: what was known on one day, in one vintage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from hashpivot._renamed import warn_of_name
from hashpivot.core import (
    MEASURES,
    Companies,
    Company,
    DebtInstrument,
    Figure,
    FiscalCalendar,
    InvalidInput,
    LedgerPlace,
    Missing,
    Quarter,
    Source,
    TextFact,
    YearEnd,
    not_applicable,
    not_derivable,
)

from ..bundle import bundled
from ..disclosures import EVENT, CompanyEvent, Contract, RiskFlag, Target, debt_of, event_of, in_force
from ..statements import (
    CompanyStatements,
    ReportsRead,
    Statement,
    Vintage,
    combine,
    note_scale_slips,
    rank,
    title_of,
    year_differences,
)
from ..store import Alias, Figures, Ledger
from ._address import Address
from ._plain_name import plain_name
from ._quarter_lines import QuarterLines
from ._resolve import Resolved, find, resolve
from ._stated import stated_flags, stated_targets
from ._trace import Trace, trace


@dataclass(frozen=True)
class _CachedCompany:
    """A company's statements, its reported figures by measure, and the quarters already set out by line."""

    statements: CompanyStatements
    figures: Mapping[str, Sequence[Figure]]
    lines: dict[Quarter, QuarterLines] = field(default_factory=dict)

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters with revenue, in total or by line, in order."""
        return tuple(
            quarter for quarter in self.statements.quarters if _has_revenue(self.statements, quarter)
        )


_Pool = dict[tuple[str, tuple[int, ...]], _CachedCompany]


class View:
    """A point-in-time view of the ledger: the best answers to what was known on a day.

    Of several copies of one filing, the one added last counts.

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
        figures = figures.dated()
        self.as_of = as_of
        self.vintage = vintage
        self.sources: Mapping[str, Source] = figures.sources
        self._given_companies = companies
        self.all_figures = figures
        self._figures: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        self._companies: dict[str, _CachedCompany] = {}
        self._pool: _Pool = {}
        self._resolved: dict[str, Resolved] = {}
        self._text_facts: dict[str, list[TextFact]] = defaultdict(list)
        current = figures.current(as_of)
        for figure in current.figures:
            self._figures[figure.ticker][figure.measure].append(figure)
        for fact in current.remarks:
            self._text_facts[fact.ticker].append(fact)
        self.announced_contracts: tuple[Contract, ...] = current.contracts

    @classmethod
    def open(
        cls, path: str | LedgerPlace | None = None, *, as_of: date | None = None, vintage: Vintage = "latest"
    ) -> View:
        """Return the view of the bundled figures and the user's own ledger together.

        Args:
            path: The user's ledger, as in `Ledger.open`. It need not exist.
            as_of: As of the class.
            vintage: As of the class.

        Raises:
            LedgerError: If the user's ledger cannot be read.
            InvalidInput: If it is a URL of another kind than `postgresql://...`.
            BundleError: If the bundled tables are damaged.
        """
        with Ledger.open(path) as ledger:
            own = ledger.read()
        return cls(bundled() | own, as_of=as_of, vintage=vintage)

    def __repr__(self) -> str:
        day = f" as of {self.as_of}" if self.as_of else ""
        return f"View({len(self._figures)} companies, {self.vintage}{day})"

    def on(self, day: date) -> View:
        """Return the same figures as they were known on a day, or on this view's own if that is earlier."""
        as_of = min(day, self.as_of) if self.as_of else day
        if as_of == self.as_of:
            return self
        view = View(self.all_figures, as_of=as_of, vintage=self.vintage, companies=self.companies)
        view._pool = self._pool
        return view

    def tickers(self) -> list[str]:
        """Return the companies with any figure, in alphabetical order."""
        return sorted(self._figures)

    def quarters(self, ticker: str) -> list[Quarter]:
        """Return the quarters in which the company has revenue, in total or by line, in order."""
        return list(self._company(ticker).quarters)

    def quarter_lines(self, ticker: str, quarter: Quarter) -> QuarterLines:
        """Return revenue, cost and gross profit by line, the total, and what is left unattributed."""
        company = self._company(ticker)
        if quarter not in company.lines:
            company.lines[quarter] = QuarterLines(company.statements, quarter)
        return company.lines[quarter]

    def company_measure(self, ticker: str, quarter: Quarter, measure: str) -> Figure | Missing:
        """Return a measure of the whole company.

        Flows: the quarter, reported or derived. Instants: the figure nearest to the quarter's end, at most
        45 days from it.

        Raises:
            InvalidInput: If there is no such measure.
        """
        definition = MEASURES.get(measure)
        if not definition:
            raise InvalidInput(f"no measure is called {measure!r}", hint=f"one of {', '.join(MEASURES)}")
        statements = self.company_statements(ticker)
        if measure == "total_revenue":
            return self.quarter_lines(ticker, quarter).total_revenue
        if measure == "gross_profit":
            return self._gross_profit(ticker, quarter)
        if measure in ("unattributed", "eliminations"):
            lines = self.quarter_lines(ticker, quarter)
            return lines.unattributed if measure == "unattributed" else lines.eliminations
        if not definition.flow:
            found = statements.instant(measure, quarter)
            return self._named_in_notes(ticker, quarter, found) if measure == "convertible_notes" else found
        statement = statements.quarter(measure, quarter)
        if isinstance(statement, Missing):
            return statement
        return statement.figures.get(None) or not_applicable(f"{title_of(measure)} is kept by line only")

    def _gross_profit(self, ticker: str, quarter: Quarter) -> Figure | Missing:
        """As reported, or total revenue less the total cost of revenue with that cost's note."""
        statement = self.company_statements(ticker).quarter("gross_profit", quarter)
        if isinstance(statement, Statement) and None in statement.figures:
            return statement.figures[None]
        revenue = self.quarter_lines(ticker, quarter).total_revenue
        cost = self.company_measure(ticker, quarter, "total_cost_of_revenue")
        if isinstance(revenue, Missing) or isinstance(cost, Missing):
            return revenue if isinstance(revenue, Missing) else cost
        like = replace(revenue, measure="gross_profit")
        return combine([(1, revenue), (-1, cost)], like, cost.note)

    def _named_in_notes(self, ticker: str, quarter: Quarter, amount: Figure | Missing) -> Figure | Missing:
        """Convertible notes of a balance sheet; what a report gives by instrument alone it does disclose."""
        debts = (debt_of(fact) for fact in self.remarks(ticker, "debt"))
        names = {debt.name for debt in debts if debt.converts and Quarter.of_period_end(debt.day) == quarter}
        if isinstance(amount, Figure) or not names:
            return amount
        shown = ", ".join(sorted(names))
        return not_derivable(f"the balance sheet does not show them apart; by instrument: {shown}")

    def lines(self, ticker: str) -> list[Figure]:
        """Return every quarter's revenue, cost and gross profit by line, oldest first."""
        quarters = (self.quarter_lines(ticker, quarter) for quarter in self.quarters(ticker))
        return [figure for lines in quarters for figure in lines.figures()]

    def gaps(self, ticker: str) -> dict[str, Missing]:
        """Return what `lines` could not give, with the reason, oldest quarter first.

        Keys: `TICKER/QUARTER/total_revenue` for a quarter of reported periods whose revenue is not known,
        `TICKER/QUARTER/revenue` and `TICKER/QUARTER/cost_of_revenue` where nothing by line is known,
        `TICKER/QUARTER/gross_profit/LINE` for a line without a gross profit.
        """
        gaps: dict[str, Missing] = {}
        for quarter in self.company_statements(ticker).quarters:
            lines, name = self.quarter_lines(ticker, quarter), f"{ticker}/{quarter}"
            amounts: dict[str, Figure | Missing | None] = {"total_revenue": lines.total_revenue}
            amounts["revenue"] = lines.missing.get("revenue")
            if lines.revenue or isinstance(lines.total_revenue, Figure):
                amounts["cost_of_revenue"] = lines.missing.get("cost_of_revenue")
                amounts |= {f"gross_profit/{line}": profit for line, profit in lines.gross_profit.items()}
            gaps |= {f"{name}/{what}": why for what, why in amounts.items() if isinstance(why, Missing)}
        return gaps

    def notes(self, ticker: str) -> list[str]:
        """Return what does not add up in `lines`: years whose four quarters are not their sum, and why."""
        return year_differences(self.company_statements(ticker))

    def figure(self, address: str) -> Figure:
        """Return the figure of an address such as `RIOT/2024Q4/revenue/self_mining`, or of a full id.

        Raises:
            UnknownFigure: With the reason, or the nearest addresses as a hint.
        """
        return self._resolve(address).figure

    def amount(self, address: str) -> Figure | Missing:
        """Return the figure of an address or id, or why there is none.

        Raises:
            UnknownFigure: If it cannot be an address.
        """
        resolved = find(self, Address.parse(address))
        return resolved if isinstance(resolved, Missing) else resolved.figure

    def source_named(self, name: str) -> Source | None:
        """Return the source of a key, an accession or a file name, however the name is punctuated."""
        return self.sources.get(name) or self._sources_by_name.get(plain_name(name))

    def trace(self, address: str) -> Trace:
        """Return where a number comes from, down to reported figures and their sources.

        Raises:
            UnknownFigure: As `figure`.
        """
        return trace(address, self._resolve, self.sources)

    def figures(self, ticker: str, measure: str | None = None) -> list[Figure]:
        """Return the reported figures in view, of one company and measure."""
        by_measure = self._company(ticker).figures
        if measure:
            return list(by_measure.get(measure, ()))
        return [figure for group in by_measure.values() for figure in group]

    def remarks(self, ticker: str, kind: str | None = None) -> list[TextFact]:
        """Return what texts say in words, of one company and kind: bundled ones first, then added ones."""
        return [fact for fact in self._text_facts.get(ticker, ()) if kind is None or fact.kind == kind]

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
        announced = (c for c in self.announced_contracts if ticker is None or c.ticker == ticker)
        return in_force(announced, day)

    def events(self, ticker: str, day: date | None = None) -> tuple[CompanyEvent, ...]:
        """Return what changed a company (halls converted, sites sold or bought, mergers), oldest first.

        Args:
            ticker: The company.
            day: As far as known on this day; on the view's own if None or later. One known by then may take
                effect only after it.
        """
        facts = (fact for fact in self.remarks(ticker, EVENT) if day is None or fact.known <= day)
        return tuple(sorted(map(event_of, facts), key=lambda event: (event.effective, event.known)))

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

    def debt_instruments(self, ticker: str, day: date | None = None) -> list[tuple[DebtInstrument, TextFact]]:
        """Return a company's loans, notes and credit lines by its last balance sheet, the largest first.

        Each stands with the text fact that gives its report. Of two reports on one day the later one counts.

        Args:
            ticker: The company.
            day: As far as known on this day; on the view's own if None.
        """
        facts = [fact for fact in self.remarks(ticker, "debt") if day is None or fact.known <= day]
        by_report: dict[tuple[date, date, str], list[tuple[DebtInstrument, TextFact]]] = defaultdict(list)
        for fact in facts:
            instrument = debt_of(fact)
            by_report[instrument.day, fact.known, fact.source].append((instrument, fact))
        last = by_report[max(by_report)] if by_report else []
        return sorted(last, key=lambda pair: (-(pair[0].owed_usd or 0), pair[0].name))

    def company_statements(self, ticker: str) -> CompanyStatements:
        """Return one company's statements."""
        return self._company(ticker).statements

    def book(self, ticker: str) -> CompanyStatements:
        """Return `company_statements(ticker)`; the old name."""
        warn_of_name("View.book", "View.company_statements")
        return self.company_statements(ticker)

    @property
    def aliases(self) -> Mapping[str, Alias]:
        """Ids that a changed reading has replaced, by old id."""
        return self.all_figures.aliases

    @cached_property
    def companies(self) -> Mapping[str, Company]:
        """The companies whose fiscal calendars are used."""
        return Companies.load() if self._given_companies is None else self._given_companies

    @cached_property
    def _sources_by_name(self) -> Mapping[str, Source]:
        sources = self.sources.values()
        return {plain_name(name): s for s in sources for name in (s.accession, s.name) if name}

    def _resolve(self, address: str) -> Resolved:
        if address not in self._resolved:
            self._resolved[address] = resolve(self, Address.parse(address))
        return self._resolved[address]

    def _company(self, ticker: str) -> _CachedCompany:
        """One company, shared with other days' views that see the same figures of it."""
        if ticker not in self._companies:
            figures = self._figures.get(ticker, {})
            key = ticker, tuple(id(figure) for group in figures.values() for figure in group)
            if key not in self._pool:
                order, calendar = rank(self.vintage, self.sources), self._calendar(ticker)
                noted = note_scale_slips(figures, self.sources)
                reports = ReportsRead(ticker, figures, self.sources, calendar)
                statements = CompanyStatements(ticker, noted.sound, self.sources, calendar, order, reports)
                self._pool[key] = _CachedCompany(statements, noted.every)
            self._companies[ticker] = self._pool[key]
        return self._companies[ticker]

    def _calendar(self, ticker: str) -> FiscalCalendar:
        company = self.companies.get(ticker)
        return company.calendar if company else FiscalCalendar(YearEnd(12))


def _has_revenue(statements: CompanyStatements, quarter: Quarter) -> bool:
    measures = ("total_revenue", "revenue")
    return any(isinstance(statements.quarter(measure, quarter), Statement) for measure in measures)
