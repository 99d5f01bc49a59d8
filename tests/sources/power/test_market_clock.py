"""Local days to UTC, over every change of the clocks from 2011 to 2032."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from hashpivot.sources.power import MarketClock

TEXAS = MarketClock(ZoneInfo("America/Chicago"))
YEARS = range(2011, 2033)


def nth_sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))


@pytest.mark.parametrize("year", YEARS)
def test_spring_leaves_an_hour_out(year: int) -> None:
    day = nth_sunday(year, 3, 2)
    starts = TEXAS.starts(day, 60)
    assert len(starts) == 23
    assert {(b - a) for a, b in pairwise(starts)} == {timedelta(hours=1)}
    gone = datetime(day.year, day.month, day.day, 2, 30)
    assert not TEXAS.exists(gone)
    with pytest.raises(ValueError, match="does not exist"):
        TEXAS.start(gone, repeated=False)


@pytest.mark.parametrize("year", YEARS)
def test_autumn_repeats_an_hour(year: int) -> None:
    day = nth_sunday(year, 11, 1)
    assert TEXAS.has_repeated_hour(day) and len(TEXAS.starts(day, 15)) == 100
    wall = datetime(day.year, day.month, day.day, 1, 15)
    assert TEXAS.comes_twice(wall)
    first, second = (TEXAS.start(wall, repeated=repeated) for repeated in (False, True))
    assert first == datetime(day.year, day.month, day.day, 6, 15, tzinfo=UTC)
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize("year", YEARS)
def test_every_interval_of_a_year_comes_back(year: int) -> None:
    day, walls = date(year, 1, 1), set()
    while day.year == year:
        for start in TEXAS.starts(day, 60):
            local = start.astimezone(TEXAS.zone)
            assert local.date() == day
            wall = local.replace(tzinfo=None, fold=0)
            assert TEXAS.start(wall, repeated=bool(local.fold)) == start
            walls.add((wall, local.fold))
        day += timedelta(days=1)
    assert len(walls) == (date(year + 1, 1, 1) - date(year, 1, 1)).days * 24


def test_a_mark_on_an_hour_that_comes_once_is_refused() -> None:
    with pytest.raises(ValueError, match="comes once"):
        TEXAS.start(datetime(2026, 7, 1, 1), repeated=True)


def test_other_rules_of_clocks() -> None:
    """Lord Howe changes by half an hour, Phoenix never."""
    howe, phoenix = MarketClock(ZoneInfo("Australia/Lord_Howe")), MarketClock(ZoneInfo("America/Phoenix"))
    assert len(howe.starts(date(2026, 4, 5), 15)) == 98
    assert (
        not phoenix.has_repeated_hour(date(2026, 11, 1)) and len(phoenix.starts(date(2026, 3, 8), 60)) == 24
    )
