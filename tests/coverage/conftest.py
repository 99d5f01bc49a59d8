"""A company of which exactly the given numbers are held, and the bundled figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hashpivot import Desk
from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import MEASURES, Company, Figure, Line, PlainLocator, Quarter, Source
from hashpivot.coverage import Coverage, coverage
from hashpivot.ledger import Figures, View
from hashpivot.testing import bundled_desk

DAY = date(2026, 1, 31)
WINDOW = tuple(Quarter(2024, 1).through(Quarter(2025, 3)))
Number = tuple[str, Quarter]


@pytest.fixture(scope="session")
def network() -> NetworkHistory:
    return NetworkHistory.load()


@pytest.fixture(scope="session")
def desk() -> Desk:
    return bundled_desk()


@pytest.fixture
def cover(network: NetworkHistory) -> Callable[..., Coverage]:
    """`cover(figures)`: the coverage of TEST on a day on which all reports of the window are due."""

    def make(figures: Figures, quarters: Iterable[Quarter] = WINDOW, day: date = DAY) -> Coverage:
        view = View(figures, companies={"TEST": Company("TEST", "Test Mining Inc.")})
        return coverage(view, network, view.companies, quarters=tuple(quarters), day=day)

    return make


def holding(numbers: Iterable[Number], *, read: bool = False, grade: str = "A") -> Figures:
    """Figures of the numbers, each quarter's from a report of its own: one line, equal to the total."""
    figures = [_figure(measure, quarter) for measure, quarter in dict.fromkeys(numbers)]
    sources = {figure.source: _source(figure, read=read, grade=grade) for figure in figures}
    return Figures(sources, tuple(figures))


def _figure(measure: str, quarter: Quarter) -> Figure:
    definition = MEASURES[measure]
    return Figure(
        "TEST",
        measure,
        Line.SELF_MINING if definition.by_line else None,
        quarter.start if definition.flow else None,
        quarter.end,
        Decimal(40_000_000 if measure == "cost_of_revenue" else 100_000_000),
        definition.unit,
        "row",
        f"report {quarter}",
        PlainLocator("row"),
        quarter.end + timedelta(days=40),
        breakdown="main",
    )


def _source(figure: Figure, *, read: bool, grade: str) -> Source:
    form = "10-K" if figure.end.month == 12 else "10-Q"
    sha = "0" * 64 if read else ""
    return Source(
        figure.source, "TEST", form, figure.known, "filed", grade, sha256=sha, period_end=figure.end
    )
