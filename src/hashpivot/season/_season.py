"""The season: the four answers for every company that reported on one quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Keyed, Missing, NoData, Quarter, Tabular, collector_paused
from hashpivot.ledger import Contract, QuarterLines, Trace, View

from ._latest_season import QuarterCounts, latest_season, miners, newer_quarters
from .answers import (
    Answer,
    base_quarter,
    execution_answer,
    growth_answer,
    profitability_answer,
    revenue_answer,
    shares,
)

REPORTED_WITHIN = timedelta(days=90)
"""Time after the quarter's end by which its reports are in; later contracts belong to later seasons."""


@dataclass(frozen=True, repr=False)
class CompanySeason(Tabular, Keyed[Answer]):
    """One company's quarter: a mapping of the four questions to their answers.

    Args:
        ticker: The company.
        name: Its name.
        lines: Its lines of business.
        shares: Share of total revenue by group of lines, or why there is none.
        answers: In the order revenue, profitability, growth, execution.
    """

    row_key = "question"

    ticker: str
    name: str
    lines: QuarterLines
    shares: dict[str, float | Missing]
    answers: tuple[Answer, ...]

    def __repr__(self) -> str:
        verdicts = ", ".join(f"{answer.question}={answer.verdict}" for answer in self.answers)
        return f"CompanySeason({self.ticker}, {self.lines.quarter}: {verdicts})"

    def records(self) -> list[dict[str, Any]]:
        """One row a question: its verdict and headline."""
        return [
            {"question": answer.question, "verdict": answer.verdict, "headline": answer.headline}
            for answer in self.answers
        ]

    def _members(self) -> dict[str, Answer]:
        return {answer.question: answer for answer in self.answers}

    def _key_noun(self) -> str:
        return "question"

    @property
    def revenue(self) -> Figure | Missing:
        """Total revenue."""
        return self.lines.total_revenue

    @property
    def checks_held(self) -> int:
        """How many of the execution checks of figures have what they need."""
        return self["execution"].inputs_held

    @property
    def checks_total(self) -> int:
        """How many execution checks of figures there are."""
        return self["execution"].inputs_total

    @property
    def grade(self) -> str:
        """Worst grade among the sources behind its verdicts; empty if nothing is behind any."""
        return max(answer.grade for answer in self.answers)

    @property
    def newest(self) -> date | None:
        """The last day on which anything behind its answers became known; None if there is nothing."""
        return max((day for answer in self.answers if (day := answer.newest)), default=None)


@dataclass(frozen=True, repr=False)
class Season(Tabular, Keyed[CompanySeason]):
    """All companies' answers on one quarter: a mapping of tickers to companies.

    Args:
        quarter: The quarter.
        companies: Largest revenue first.
        view: What the answers were read from; traces any figure.
        chosen: These companies were asked for; others with figures in the quarter are left out.
    """

    row_key = "ticker"

    quarter: Quarter
    companies: tuple[CompanySeason, ...]
    view: View
    chosen: bool = False

    def __repr__(self) -> str:
        return f"Season({self.quarter}, {len(self.companies)} companies)"

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot season`."""
        return {
            "quarter": str(self.quarter),
            "newer": [counts.to_dict() for counts in self.newer],
            "companies": [self.company_to_dict(company) for company in self.companies],
        }

    @cached_property
    def newer(self) -> tuple[QuarterCounts, ...]:
        """Later quarters in which any company has revenue, in order, and how much of each is known."""
        return newer_quarters(self.view, self.quarter)

    def records(self) -> list[dict[str, Any]]:
        """One row a company: revenue, shares and verdicts."""
        return [
            {"ticker": c.ticker, "revenue_usd": _plain(c.revenue)}
            | {f"{group}_share": _plain(share) for group, share in c.shares.items()}
            | {answer.question: answer.verdict for answer in c.answers}
            for c in self.companies
        ]

    def traces(self, answer: Answer) -> list[Trace]:
        """Where each figure behind an answer comes from."""
        return [self.view.trace(figure.id) for figure in answer.figures]

    def _members(self) -> dict[str, CompanySeason]:
        return self._by_ticker

    def _key_noun(self) -> str:
        return f"company with figures in {self.quarter} is called"

    @cached_property
    def _by_ticker(self) -> dict[str, CompanySeason]:
        return {company.ticker: company for company in self.companies}

    def company_to_dict(self, company: CompanySeason) -> dict[str, Any]:
        """One of `companies` in the JSON contract of `hashpivot season`."""
        return {
            "ticker": company.ticker,
            "name": company.name,
            "revenue_usd": _plain(company.revenue),
            "shares": {group: _plain(share) for group, share in company.shares.items()},
            "missing": _missing({"revenue_usd": company.revenue, **company.shares}),
            "checks_held": company.checks_held,
            "checks_total": company.checks_total,
            "grade": company.grade or None,
            "newest": company.newest.isoformat() if company.newest else None,
            "answers": {answer.question: self._answer(answer) for answer in company.answers},
        }

    def _answer(self, answer: Answer) -> dict[str, Any]:
        return {
            "verdict": answer.verdict,
            "headline": answer.headline,
            "inputs_held": answer.inputs_held,
            "inputs_needed": answer.inputs_needed,
            "inputs_total": answer.inputs_total,
            "grade": answer.grade or None,
            "absent": [missing.to_json() for missing in answer.absent],
            "metrics": {metric.name: metric.to_json() for metric in answer.metrics},
            "evidence": [*map(_evidence, self.traces(answer)), *map(_contract, answer.contracts)],
            "notes": list(answer.notes),
            "targets": [tracked.to_dict() for tracked in answer.targets],
            "stated": [
                {"kind": f.kind, "name": f.name, "count": f.count, "source": f.source, "locator": f.locator}
                for f in answer.stated
            ],
        }


@collector_paused()
def season(
    view: View, network: NetworkHistory, names: dict[str, str], quarter: Quarter | None = None
) -> Season:
    """The four answers for every miner with figures in a quarter.

    Args:
        view: What is known.
        network: For halvings and hashprice.
        names: Company names by ticker.
        quarter: The quarter; by default the newest with ten totals and six breakdowns.

    Raises:
        NoData: If no company has figures in the quarter.
    """
    chosen = quarter or latest_season(view)
    tickers = [ticker for ticker in miners(view) if chosen in view.quarters(ticker)]
    if not tickers:
        raise NoData(f"no company has figures in {chosen}", hint=f"the ledger holds {_span(view)}")
    day = _last_day(view, chosen)
    base = season_base(view, network, chosen)
    companies = [
        _company_season(view, network, ticker, names.get(ticker, ticker), chosen, base, day)
        for ticker in tickers
    ]
    return Season(chosen, tuple(sorted(companies, key=_size)), view)


def company_season(
    view: View, network: NetworkHistory, ticker: str, name: str, quarter: Quarter
) -> CompanySeason:
    """The four answers for one company and quarter, as its row of the season has them.

    Args:
        view: What is known.
        network: For halvings and hashprice.
        ticker: The company.
        name: Its name.
        quarter: The quarter.
    """
    base, day = season_base(view, network, quarter, ticker), _last_day(view, quarter)
    return _company_season(view, network, ticker, name, quarter, base, day)


def _company_season(
    view: View,
    network: NetworkHistory,
    ticker: str,
    name: str,
    quarter: Quarter,
    base: Quarter | None,
    day: date,
) -> CompanySeason:
    lines = view.quarter_lines(ticker, quarter)
    answers = (
        revenue_answer(view, ticker, quarter),
        profitability_answer(view, network, ticker, quarter, base),
        growth_answer(view, network, ticker, quarter, day),
        execution_answer(view, network, ticker, quarter, day),
    )
    return CompanySeason(ticker, name, lines, shares(lines), answers)


def _last_day(view: View, quarter: Quarter) -> date:
    """The day up to which contracts and targets count for a quarter."""
    return min(quarter.end + REPORTED_WITHIN, view.as_of or date.max)


def season_base(view: View, network: NetworkHistory, quarter: Quarter, *first: str) -> Quarter | None:
    """The base quarter, unless nothing in the ledger is that old.

    The companies named are looked at first, then those that are listed: others are read only if they must.
    """
    base = base_quarter(quarter, network)
    if base is None:
        return None
    near = any(_reaches(view, name, base) for name in (*first, *view.companies))
    return base if near or any(_reaches(view, name, base) for name in view.tickers()) else None


def _reaches(view: View, ticker: str, quarter: Quarter) -> bool:
    """True if anything is known of a company as early as a quarter."""
    return any(first <= quarter for first in view.quarters(ticker)[:1])


def _size(company: CompanySeason) -> tuple[float, str]:
    revenue = company.revenue
    return (0.0 if isinstance(revenue, Missing) else -float(revenue.value)), company.ticker


def _span(view: View) -> str:
    quarters = sorted({quarter for ticker in view.tickers() for quarter in view.quarters(ticker)})
    return f"{quarters[0]} to {quarters[-1]}" if quarters else "nothing"


def _plain(value: Figure | Missing | float) -> float | int | None:
    if isinstance(value, Missing):
        return None
    number = value.value if isinstance(value, Figure) else value
    return int(number) if number == int(number) else float(number)


def _missing(values: Mapping[str, Figure | Missing | float]) -> dict[str, dict[str, str]]:
    """Why each value that is not there is not."""
    reasons = {name: value for name, value in values.items() if isinstance(value, Missing)}
    return {name: value.to_json() for name, value in reasons.items()}


def _evidence(trace: Trace) -> dict[str, Any]:
    ends = list(trace.reported())
    sources = {end.source.key: end.source for end in ends if end.source}
    figure = trace.figure
    return {
        "figure": figure.id,
        "value": _plain(figure),
        "unit": figure.unit,
        "kind": figure.kind.value,
        "formula": figure.formula or None,
        "locators": [str(end.figure.locator) for end in ends],
        "sources": [
            {
                "title": source.title,
                "url": source.url or None,
                "accession": source.accession or None,
                "grade": source.grade,
            }
            for source in sources.values()
        ],
    }


def _contract(contract: Contract) -> dict[str, Any]:
    return {
        "contract": contract.counterparty,
        "announced": contract.announced,
        "known": contract.known.isoformat(),
        "kind": contract.kind,
        "value_usd": _number(contract.contract_value_usd),
        "share": _number(contract.share),
        "term_years": _number(contract.term_years),
        "critical_it_mw": _number(contract.mw_critical_it),
        "sources": [{"title": contract.counterparty, "url": contract.url}],
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
