"""Which quarter is the latest season, and how a newer one is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot import Desk
from hashpivot.core import Figure, Line, NoData, PlainLocator, Quarter, Source
from hashpivot.ledger import Figures, View
from hashpivot.season import latest_season
from hashpivot.season._latest_season import FEWEST_BREAKDOWNS, FEWEST_TOTALS, count_quarter, newer_quarters

OLD, NEW, NEWEST = Quarter(2025, 1), Quarter(2025, 2), Quarter(2025, 3)
KNOWN = date(2026, 1, 1)


def company(number: int, quarter: Quarter, *, by_line: bool) -> list[Figure]:
    ticker = f"T{number:02}"
    lines = [None, *([Line.SELF_MINING] if by_line else [])]
    return [
        Figure(
            ticker,
            "revenue" if line else "total_revenue",
            line,
            quarter.start,
            quarter.end,
            Decimal(100),
            "usd",
            str(line),
            ticker,
            PlainLocator(str(line)),
            KNOWN,
            breakdown="main" if line else "",
        )
        for line in lines
    ]


def view(counts: dict[Quarter, tuple[int, int]]) -> View:
    """A view with so many totals and breakdowns in each quarter."""
    figures = [
        figure
        for quarter, (totals, breakdowns) in counts.items()
        for number in range(totals)
        for figure in company(number, quarter, by_line=number < breakdowns)
    ]
    sources = {f.source: Source(f.source, f.ticker, "10-Q", KNOWN, "filed", "A") for f in figures}
    return View(Figures(sources, tuple(figures)), companies={})


def test_the_newest_with_enough_totals_and_breakdowns() -> None:
    enough = (FEWEST_TOTALS, FEWEST_BREAKDOWNS)
    assert latest_season(view({OLD: enough, NEW: enough, NEWEST: (FEWEST_TOTALS - 1, 8)})) == NEW
    assert latest_season(view({OLD: enough, NEW: (FEWEST_TOTALS, FEWEST_BREAKDOWNS - 1)})) == OLD


def test_without_any_the_one_with_the_most_totals() -> None:
    assert latest_season(view({OLD: (4, 4), NEW: (6, 0), NEWEST: (1, 1)})) == NEW
    with pytest.raises(NoData, match="no revenue"):
        latest_season(view({}))


def test_a_newer_quarter_is_named_with_its_counts() -> None:
    held = view({OLD: (10, 6), NEWEST: (3, 2)})
    assert newer_quarters(held, OLD) == (count_quarter(held, NEWEST),)
    assert count_quarter(held, NEWEST).to_dict() == {"quarter": "2025Q3", "totals": 3, "breakdowns": 2}
    assert newer_quarters(held, NEWEST) == ()


def test_the_desk_opens_on_it(desk: Desk) -> None:
    season = desk.season()
    assert season.quarter == latest_season(desk.view)
    assert all(counts.quarter > season.quarter for counts in season.newer)
