"""A made-up miner whose hash rate is known, and what it would report on the real network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import MEASURES, Company, Figure, Line, Quarter, Source
from hashpivot.ledger import Figures, View, bundled
from hashpivot.nowcast import Days, days_known

LATER = timedelta(days=5)
AFTER_QUARTER = timedelta(days=40)


@pytest.fixture(scope="session")
def history() -> NetworkHistory:
    return NetworkHistory.load()


@pytest.fixture(scope="session")
def days(history: NetworkHistory) -> Days:
    return days_known(history, date(2025, 12, 31))


@pytest.fixture(scope="session")
def desk() -> View:
    """The bundled figures alone."""
    return View(bundled())


class Miner:
    """A company at a constant effective hash rate, which reports on time and to the coin.

    Args:
        days: The network.
        ehs: Its effective hash rate.
        ticker: Its ticker.
    """

    def __init__(self, days: Days, ehs: float = 10.0, ticker: str = "TEST") -> None:
        self.days, self.ehs, self.ticker = days, ehs, ticker
        self.figures: list[Figure] = []

    def figure(
        self,
        measure: str,
        start: date | None,
        end: date,
        value: float,
        *,
        line: Line | None = None,
        known: date | None = None,
        source: str = "release",
        label: str = "row",
    ) -> Miner:
        amount = Decimal(str(round(value, 4)))
        day = known or end + LATER
        unit = MEASURES[measure].unit
        self.figures.append(
            Figure(self.ticker, measure, line, start, end, amount, unit, label, source, "row", day)
        )
        return self

    def month(self, year: int, month: int, **given: float) -> Miner:
        """A production update: bitcoin mined, or what is given instead."""
        start = date(year, month, 1)
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        mined = self.ehs * float(self.days.btc_per_eh[self.days.span(start, end)].sum())
        self.figure("bitcoin_mined", start, end, given.get("bitcoin_mined", mined))
        return self

    def hash_rate(self, day: date, ehs: float) -> Miner:
        return self.figure("hash_rate_period_end", None, day, ehs)

    def quarter(self, text: str, line: Line | None = Line.SELF_MINING, value: float | None = None) -> Miner:
        """A report: mining revenue and the same total, or another line."""
        quarter = Quarter.parse(text)
        paid = float(self.days.usd_per_eh[self.days.span(quarter.start, quarter.end)].sum())
        amount = self.ehs * paid if value is None else value
        known = quarter.end + AFTER_QUARTER
        measure = "revenue" if line else "total_revenue"
        return self.figure(
            measure, quarter.start, quarter.end, amount, line=line, known=known, source=f"10-Q {text}"
        )

    def held(self) -> Figures:
        keys = {figure.source for figure in self.figures}
        sources = {key: Source(key, self.ticker, "10-Q", date(2024, 1, 1), "filed", "A") for key in keys}
        return Figures(sources, tuple(self.figures))

    def view(self, as_of: date | None = None) -> View:
        companies = {self.ticker: Company(self.ticker, "Test Mining Inc.")}
        return View(self.held(), as_of=as_of, companies=companies)


@pytest.fixture
def miner(days: Days) -> Callable[..., Miner]:
    def make(ehs: float = 10.0, ticker: str = "TEST") -> Miner:
        return Miner(days, ehs, ticker)

    return make


@pytest.fixture
def steady(miner: Callable[..., Miner]) -> Miner:
    """Two years of updates and reports at 10 EH/s, up to 2024Q4."""
    made = miner()
    for year in (2023, 2024):
        for month in range(1, 13):
            made.month(year, month)
        for number in (1, 2, 3, 4):
            made.quarter(f"{year}Q{number}").quarter(f"{year}Q{number}", None)
    return made


def without(figures: Iterable[Figure], quarter: str) -> list[Figure]:
    """Figures whose period ends before a quarter begins."""
    start = Quarter.parse(quarter).start
    return [replace(figure) for figure in figures if figure.end < start]
