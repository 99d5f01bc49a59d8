"""Coverage: what the ledger holds of every company and quarter, and which report would fill each hole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Company, Keyed, Quarter, Tabular, short_repr
from hashpivot.ledger import View
from hashpivot.season import REPORTED_WITHIN, season_base

from ._holding import CompanyHoldings, Holding
from ._holes import Hole, company_holes
from ._newest import NewestReport, newest_report
from ._owed import due_day
from ._parts import CELL_PARTS, Part
from ._window import check_window, latest_window


@short_repr
@dataclass(frozen=True, slots=True)
class QuarterCoverage:
    """One quarter of one company.

    Args:
        quarter: The calendar quarter.
        fiscal: What the company calls it: `FQ1 2025`, `FY2024` for a fiscal year's last quarter.
        form: The form of its report.
        owed: True if the company owes a report on it and that is due.
        holdings: What is held, by part.
    """

    quarter: Quarter
    fiscal: str
    form: str
    owed: bool
    holdings: Mapping[Part, Holding]

    @property
    def held(self) -> bool:
        """True if anything its report gives is held."""
        return any(self.holdings[part] for part in CELL_PARTS)

    def to_dict(self) -> dict[str, Any]:
        """The JSON; see docs/json.md."""
        parts = {part.value: holding.to_dict() for part, holding in self.holdings.items()}
        return {
            "quarter": str(self.quarter),
            "fiscal": self.fiscal,
            "form": self.form,
            "owed": self.owed,
            "parts": parts,
        }


@short_repr
@dataclass(frozen=True, slots=True)
class CompanyCoverage:
    """One company.

    Args:
        ticker: The company.
        name: Its name.
        role: What it is: `miner`, ...
        quarters: The window, oldest first.
        newest: How far its reports reach.
    """

    ticker: str
    name: str
    role: str
    quarters: tuple[QuarterCoverage, ...]
    newest: NewestReport

    def share(self, part: Part) -> tuple[int, int]:
        """Count the quarters owed with a part held, cost by line of every line, and all quarters owed."""
        owed = [quarter for quarter in self.quarters if quarter.owed]
        return sum(quarter.holdings[part].whole for quarter in owed), len(owed)

    def to_dict(self) -> dict[str, Any]:
        """The JSON; see docs/json.md."""
        return {
            "ticker": self.ticker,
            "name": self.name,
            "role": self.role,
            "newest": self.newest.to_dict(),
            "quarters": [quarter.to_dict() for quarter in self.quarters],
        }


@dataclass(frozen=True, repr=False)
class Coverage(Tabular, Keyed[CompanyCoverage]):
    """What is held of companies and quarters: a mapping of tickers to companies.

    Args:
        window: The quarters, oldest first.
        day: The day as of which reports are due.
        companies: Miners first, then by ticker.
        holes: Reports to get, those that unlock most answers first.
    """

    window: tuple[Quarter, ...]
    day: date
    companies: tuple[CompanyCoverage, ...]
    holes: tuple[Hole, ...]

    def __repr__(self) -> str:
        span = f"{self.window[0]} to {self.window[-1]}"
        return f"Coverage({span}, {len(self.companies)} companies, {len(self.holes)} reports to get)"

    def share(self, part: Part) -> tuple[int, int]:
        """Count the quarters that miners owe with a part held, and all they owe; of others if none is one."""
        miners = [company for company in self.companies if company.role == "miner"]
        shares = [company.share(part) for company in miners or self.companies]
        return sum(held for held, _ in shares), sum(of for _, of in shares)

    def records(self) -> list[dict[str, Any]]:
        """One row a company and quarter: whether it is owed, and the worst grade of every part held."""
        return [
            {"ticker": company.ticker, "quarter": str(cell.quarter), "owed": cell.owed}
            | {part.value: cell.holdings[part].worst for part in CELL_PARTS}
            | {part.value: cell.holdings[part].held for part in Part if part.counted}
            for company in self.companies
            for cell in company.quarters
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot coverage`."""
        return {
            "quarters": [str(quarter) for quarter in self.window],
            "day": self.day.isoformat(),
            "companies": [company.to_dict() for company in self.companies],
            "missing": self.missing(),
        }

    def missing(self) -> list[dict[str, Any]]:
        """The reports to get, as `hashpivot coverage --missing --json` lists them."""
        return [hole.to_dict() for hole in self.holes]

    def _members(self) -> dict[str, CompanyCoverage]:
        return {company.ticker: company for company in self.companies}

    def _key_noun(self) -> str:
        return "company covered is called"


def coverage(
    view: View,
    network: NetworkHistory,
    companies: Mapping[str, Company],
    tickers: Iterable[str] | None = None,
    quarters: Sequence[Quarter] | None = None,
    day: date | None = None,
) -> Coverage:
    """Return what a view holds of companies and quarters, and the reports that would fill the holes.

    Args:
        view: What is known.
        network: For the halvings.
        companies: All companies; those of the view that are not among them are covered too.
        tickers: The companies looked at; all if not given.
        quarters: The quarters; nine through the newest with figures if not given.
        day: The day as of which reports are due; the view's own if not given, or today.

    Raises:
        InvalidInput: If there are no quarters or too many.
        NoData: If no quarters are given and no company has revenue.
    """
    window = latest_window(view) if quarters is None else check_window(quarters)
    when = day or view.as_of or date.today()
    bases = {quarter: season_base(view, network, quarter) for quarter in window}
    chosen = tickers if tickers is not None else dict.fromkeys([*companies, *view.tickers()])
    covered, holes = [], []
    for ticker in chosen:
        known = companies.get(ticker) or Company(ticker, ticker)
        company, found = _company(view, known, window, bases, when)
        covered.append(company)
        holes += found
    covered.sort(key=lambda company: (company.role != "miner", company.role, company.ticker))
    return Coverage(window, when, tuple(covered), tuple(sorted(holes, key=lambda hole: hole.rank)))


def _company(
    view: View,
    company: Company,
    window: Sequence[Quarter],
    bases: Mapping[Quarter, Quarter | None],
    day: date,
) -> tuple[CompanyCoverage, list[Hole]]:
    holdings = CompanyHoldings(view, company.ticker)
    cells = tuple(_cell(view, holdings, quarter, day, owed=company.owes(quarter)) for quarter in window)
    seasons = [(cell.quarter, bases[cell.quarter]) for cell in cells if cell.owed]
    newest = newest_report(view, company, day)
    covered = CompanyCoverage(company.ticker, company.name, company.role, cells, newest)
    return covered, company_holes(holdings, company.role, seasons, day)


def _cell(
    view: View, holdings: CompanyHoldings, quarter: Quarter, day: date, *, owed: bool
) -> QuarterCoverage:
    statements = holdings.statements
    report = statements.expected(quarter)
    parts = {part: holdings.part(part, quarter) for part in CELL_PARTS}
    due = owed and (any(parts.values()) or due_day(statements, report) <= day)
    parts |= _announcements(view, holdings.ticker, quarter)
    return QuarterCoverage(quarter, report.fiscal, report.form, due, parts)


def _announcements(view: View, ticker: str, quarter: Quarter) -> dict[Part, Holding]:
    """AI contracts in force, and targets stated, by the day by which the season's reports are in."""
    day = quarter.end + REPORTED_WITHIN
    said = [t for t in view.targets(ticker, day) if t.said_on > quarter.end]
    counts = {Part.CONTRACTS: len(view.contracts(ticker, day)), Part.TARGETS: len(said)}
    return {part: Holding(part, count) for part, count in counts.items()}
