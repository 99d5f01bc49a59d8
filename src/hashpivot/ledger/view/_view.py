"""A point-in-time view of the ledger: what was known on one day, in one vintage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
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

from ..disclosures import EVENT, CompanyEvent, Contract, RiskFlag, Target, debt_of, event_of, in_force
from ..statements import (
    CompanyStatements,
    Statement,
    Vintage,
    combine,
    title_of,
    year_differences,
)
from ..store import Alias, Figures
from ._address import Address
from ._by_company import ticker_of_id
from ._company_archive import CompanyArchive, CompanyOnDay, by_address
from ._held_companies import FiguresInLedger, FiguresInMemory
from ._plain_name import plain_name
from ._quarter_lines import QuarterLines
from ._resolve import Resolved, find, resolve
from ._stated import stated_flags, stated_targets
from ._trace import Trace, trace


class View:
    """A point-in-time view of the ledger: the best answers to what was known on a day.

    Of several copies of one filing, the one added last counts. What is held of a company is looked at when it
    is first asked about; views of other days of the same figures share it.

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
        self._begin(CompanyArchive(FiguresInMemory(figures)), as_of, vintage, companies)

    def _begin(
        self,
        archive: CompanyArchive,
        as_of: date | None,
        vintage: Vintage,
        companies: Mapping[str, Company] | None,
    ) -> None:
        if vintage not in ("latest", "first"):
            raise InvalidInput(f"{vintage!r} is not a vintage", hint="use latest or first")
        self.as_of = as_of
        self.vintage = vintage
        self._archive = archive
        self._given_companies = companies
        self._companies: dict[str, CompanyOnDay] = {}
        self._resolved: dict[str, Resolved] = {}

    @classmethod
    def open(
        cls, path: str | LedgerPlace | None = None, *, as_of: date | None = None, vintage: Vintage = "latest"
    ) -> View:
        """Return the view of the bundled figures and the user's own ledger together.

        Of the ledger only what is asked for is read, when it is asked for.

        Args:
            path: The user's ledger, as in `Ledger.open`. It need not exist.
            as_of: As of the class.
            vintage: As of the class.

        Raises:
            LedgerError: If the user's ledger cannot be read.
            InvalidInput: If it is a URL of another kind than `postgresql://...`.
            BundleError: If the bundled tables are damaged.
        """
        return cls._of(CompanyArchive(FiguresInLedger(path)), as_of, vintage, None)

    @classmethod
    def _of(
        cls,
        archive: CompanyArchive,
        as_of: date | None,
        vintage: Vintage,
        companies: Mapping[str, Company] | None,
    ) -> View:
        view = cls.__new__(cls)
        view._begin(archive, as_of, vintage, companies)
        return view

    def __repr__(self) -> str:
        day = f" as of {self.as_of}" if self.as_of else ""
        return f"View({len(self.tickers())} companies, {self.vintage}{day})"

    def on(self, day: date) -> View:
        """Return the same figures as they were known on a day, or on this view's own if that is earlier."""
        as_of = min(day, self.as_of) if self.as_of else day
        if as_of == self.as_of:
            return self
        return self._of(self._archive, as_of, self.vintage, self.companies)

    def renewed(self) -> View:
        """Return the same view of the ledger as it is now; companies of which nothing changed are kept.

        Raises:
            LedgerError: If the ledger cannot be read.
        """
        return self._of(self._archive.renewed(), self.as_of, self.vintage, self.companies)

    def of_vintage(self, vintage: Vintage) -> View:
        """Return the same figures in another vintage."""
        return self._of(self._archive, self.as_of, vintage, self.companies)

    def tickers(self) -> list[str]:
        """Return the companies with any figure, in alphabetical order."""
        return list(self._tickers)

    def has(self, ticker: str) -> bool:
        """True if there is any figure of a company; nothing is read of others."""
        return bool(self._company(ticker).known.figures)

    def held_tickers(self) -> list[str]:
        """Return the companies of which anything is held, known on the view's day or not."""
        return self._archive.held.tickers()

    def quarters(self, ticker: str) -> list[Quarter]:
        """Return the quarters in which the company has revenue, in total or by line, in order."""
        return list(self._company(ticker).status.quarters)

    def quarter_lines(self, ticker: str, quarter: Quarter) -> QuarterLines:
        """Return revenue, cost and gross profit by line, the total, and what is left unattributed."""
        return self._company(ticker).quarter_lines(quarter)

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

    def source_at(self, url: str, ticker: str) -> Source | None:
        """Return the source of an address, a company's own first."""
        own = self._archive.company(ticker).held.sources.values()
        return next((source for source in own if source.url == url), None) or self._sources_by_url.get(url)

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
        by_measure = self._company(ticker).status.figures
        if measure:
            return list(by_measure.get(measure, ()))
        return [figure for group in by_measure.values() for figure in group]

    def figures_at(self, ticker: str, measure: str, address: str) -> Sequence[Figure]:
        """Return the reported figures in view that have an address, of one company and measure."""
        return self._company(ticker).status.by_address(measure).get(address, ())

    def figures_by_address(self, ticker: str) -> dict[str, Sequence[Figure]]:
        """Return the reported figures in view of one company by address."""
        measures = self._company(ticker).status.figures.values()
        return {name: group for figures in measures for name, group in by_address(figures).items()}

    def remarks(self, ticker: str, kind: str | None = None) -> list[TextFact]:
        """Return what texts say in words, of one company and kind: bundled ones first, then added ones."""
        return [fact for fact in self._company(ticker).known.remarks if kind is None or fact.kind == kind]

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
        return in_force(self.announced(ticker) if ticker else self.announced_contracts, day)

    def announced(self, ticker: str) -> tuple[Contract, ...]:
        """Return a company's AI contracts as announced; see `contracts`."""
        return self._company(ticker).known.contracts

    @cached_property
    def announced_contracts(self) -> tuple[Contract, ...]:
        """All companies' AI contracts as announced; see `contracts`."""
        return self.all_figures.contracts_on(self.as_of)

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
        return self._company(ticker).status.statements

    def book(self, ticker: str) -> CompanyStatements:
        """Return `company_statements(ticker)`; the old name."""
        warn_of_name("View.book", "View.company_statements")
        return self.company_statements(ticker)

    @property
    def all_figures(self) -> Figures:
        """What is held of all companies, known on the view's day or not."""
        return self._archive.held.everything()

    @property
    def aliases(self) -> Mapping[str, Alias]:
        """Ids that a changed reading has replaced, by old id."""
        return self.all_figures.aliases

    def alias(self, figure_id: str) -> Alias | None:
        """Return the alias of an id that a changed reading has replaced; None if there is none."""
        return self._archive.company(ticker_of_id(figure_id)).held.aliases.get(figure_id)

    @property
    def sources(self) -> Mapping[str, Source]:
        """All sources by key; those of a company that was asked about are at hand without reading others."""
        return self._archive.sources

    @cached_property
    def companies(self) -> Mapping[str, Company]:
        """The companies whose fiscal calendars are used."""
        return Companies.load() if self._given_companies is None else self._given_companies

    @cached_property
    def _tickers(self) -> list[str]:
        self._archive.held.everything()  # at once: company by company takes longer
        return [ticker for ticker in self._archive.held.tickers() if self.has(ticker)]

    @cached_property
    def last_known(self) -> date | None:
        """The last day on which anything held became known, whatever the view's day; None if nothing is."""
        days = (source.known for source in self.sources.values())
        contracts = (contract.known for contract in self._archive.held.contracts())
        return max((*days, *contracts), default=None)

    @cached_property
    def _sources_by_url(self) -> Mapping[str, Source]:
        return {source.url: source for source in reversed(list(self.sources.values()))}

    @cached_property
    def _sources_by_name(self) -> Mapping[str, Source]:
        sources = self.sources.values()
        return {plain_name(name): s for s in sources for name in (s.accession, s.name) if name}

    def _resolve(self, address: str) -> Resolved:
        if address not in self._resolved:
            self._resolved[address] = resolve(self, Address.parse(address))
        return self._resolved[address]

    def _company(self, ticker: str) -> CompanyOnDay:
        """One company on the view's day."""
        if ticker not in self._companies:
            archived = self._archive.company(ticker)
            self._companies[ticker] = archived.on(self.as_of, self.vintage, self._calendar(ticker))
        return self._companies[ticker]

    def _calendar(self, ticker: str) -> FiscalCalendar:
        company = self.companies.get(ticker)
        return company.calendar if company else FiscalCalendar(YearEnd(12))
