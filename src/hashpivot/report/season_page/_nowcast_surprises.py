"""The season against its nowcast: what was expected the day before each report, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hashpivot.core import Missing

from ..charts import nowcast_chart
from ..shared import clean, format_money, format_share, plain_number

if TYPE_CHECKING:
    from hashpivot.nowcast import CompanyNowcast, Nowcast

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


def surprises(nowcast: Nowcast | Missing) -> Surprises:
    """Set each company's nowcast against what it reported.

    Args:
        nowcast: The nowcast of the season's companies, or why there is none.
    """
    if isinstance(nowcast, Missing):
        return Surprises(f"There is no nowcast: {clean(nowcast.reason)}.", {}, {}, "")
    return Surprises(
        _words(list(nowcast.companies.values())),
        {ticker: _row(company) for ticker, company in nowcast.companies.items()},
        {ticker: clean(why.reason) for ticker, why in nowcast.missing.items()},
        nowcast_chart(nowcast).inline() if nowcast.companies else "",
    )


def _row(company: CompanyNowcast) -> Surprise:
    total, reported = company.total, company.reported
    return Surprise(
        ticker=clean(company.ticker),
        known=LEVELS[company.level],
        as_of=company.as_of,
        median=format_money(total.median_usd),
        interval=f"{format_money(total.p10_usd)} to {format_money(total.p90_usd)}",
        surprise="" if company.surprise is None else format_share(company.surprise, signed=True),
        inside=total.holds(float(reported.value)) if reported else None,
        inputs=[
            (clean(item.name.replace("_", " ")), _value(item.value), clean(item.source))
            for item in company.inputs
        ],
    )


def _value(value: float | str) -> str:
    return clean(value) if isinstance(value, str) else plain_number(value)


def _words(companies: Sequence[CompanyNowcast]) -> str:
    reported = [c for c in companies if c.reported]
    inside = sum(c.total.holds(float(c.reported.value)) for c in reported if c.reported)
    if not reported:
        return f"None of {len(companies)} companies has reported yet."
    return (
        f"Revenue of {inside} of {len(reported)} companies lay in the 80% interval of the nowcast before it."
    )
