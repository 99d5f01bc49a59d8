"""The season against its nowcast: what was expected the day before each report, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NoData
from hashpivot.nowcast import CompanyNowcast, Nowcast, nowcast
from hashpivot.season import Season

from ..charts import nowcast_chart
from ..shared import clean, format_money, format_share, plain_number

LEVELS = {
    "updates": "bitcoin mined",
    "hashrate": "hash rate",
    "network": "last report",
}
"""What was known of a company's mining, in words."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """One company: its nowcast before the report, and what came of it.

    Args:
        ticker: The company.
        known: What was known of its mining.
        as_of: The day.
        median: Nowcast of total revenue.
        interval: Its 80% interval.
        surprise: Reported over nowcast.
        inside: True if reported revenue lay in the interval; None if it is not reported.
        inputs: What it stands on: name, value and source.
    """

    ticker: str
    known: str
    as_of: date
    median: str
    interval: str
    surprise: str
    inside: bool | None
    inputs: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Surprises:
    """The section of the page.

    Args:
        words: How many were inside.
        rows: By ticker.
        missing: Why a company has no nowcast, by ticker.
        chart: All of them; empty if there is none.
    """

    words: str
    rows: dict[str, Surprise]
    missing: dict[str, str]
    chart: str


def surprises(season: Season) -> Surprises:
    """What was expected of every company of a season before it reported.

    Made from the season's own view and the bundled network history.
    """
    tickers = [company.ticker for company in season.companies]
    try:
        found = nowcast(season.view, NetworkHistory.load(), season.quarter, tickers)
    except NoData as error:
        return Surprises(f"There is no nowcast: {clean(error.message)}.", {}, {}, "")
    return Surprises(
        _words(list(found.companies.values())),
        {ticker: _row(company) for ticker, company in found.companies.items()},
        {ticker: clean(why.reason) for ticker, why in found.missing.items()},
        _chart(found),
    )


def _chart(found: Nowcast) -> str:
    return nowcast_chart(found).inline() if found.companies else ""


def _row(company: CompanyNowcast) -> Surprise:
    total, told = company.total, company.reported
    return Surprise(
        ticker=clean(company.ticker),
        known=LEVELS[company.level],
        as_of=company.as_of,
        median=format_money(total.median_usd),
        interval=f"{format_money(total.p10_usd)} to {format_money(total.p90_usd)}",
        surprise="" if company.surprise is None else format_share(company.surprise, signed=True),
        inside=total.holds(float(told.value)) if told else None,
        inputs=[
            (clean(each.name.replace("_", " ")), _value(each.value), clean(each.source))
            for each in company.inputs
        ],
    )


def _value(value: float | str) -> str:
    return clean(value) if isinstance(value, str) else plain_number(value)


def _words(companies: Sequence[CompanyNowcast]) -> str:
    told = [c for c in companies if c.reported]
    inside = sum(c.total.holds(float(c.reported.value)) for c in told if c.reported)
    if not told:
        return f"None of {len(companies)} companies has reported yet."
    return f"Revenue of {inside} of {len(told)} companies lay in the 80% interval of the nowcast before it."
