"""A made-up miner whose hash rate is known, and what it would report on the real network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import Days, days_known
from hashpivot.testing import MadeUpMiner


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


@pytest.fixture
def miner(days: Days) -> Callable[..., MadeUpMiner]:
    def make(ehs: float = 10.0, ticker: str = "TEST") -> MadeUpMiner:
        return MadeUpMiner(days, ehs, ticker)

    return make


@pytest.fixture
def steady(miner: Callable[..., MadeUpMiner]) -> MadeUpMiner:
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
