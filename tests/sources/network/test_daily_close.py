"""One close a day: of the first exchange that has a credible one, checked against the second."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.sources.network import MOST_MOVE, SPREAD, UNDECIDED, DailyCandle, daily_closes

DAY = date(2026, 10, 6)


def candle(close: float, after: int = 0, low: float | None = None, high: float | None = None) -> DailyCandle:
    ends = (close if low is None else low, close if high is None else high)
    return DailyCandle(DAY + timedelta(days=after), *ends, close)


def test_the_first_exchange_comes_first_and_the_second_fills() -> None:
    found = daily_closes({"one": [candle(100)], "two": [candle(100.5), candle(101, 1)]})
    assert [(close.exchange, close.usd) for close in found.closes] == [("one", 100), ("two", 101)]
    assert found.warnings == ()


def test_a_difference_is_told_with_both_numbers() -> None:
    found = daily_closes({"one": [candle(80_000)], "two": [candle(82_000)]})
    assert [close.usd for close in found.closes] == [80_000]
    assert found.warnings == ("2026-10-06: one closed at 80,000.00, two at 82,000.00 (2.5% apart)",)


def test_where_one_must_be_wrong_neither_is_taken() -> None:
    found = daily_closes({"one": [candle(80_000)], "two": [candle(92_000)]})
    assert found.closes == ()
    assert found.warnings[0].endswith("(15.0% apart); neither is taken")


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (candle(0), "a close of 0"),
        (candle(-1), "a close of -1"),
        (candle(80_000, low=81_000, high=90_000), "outside 81,000.00 to 90,000.00"),
        (candle(800_000), "after 81,000.00 on 2026-10-05"),
        (candle(8_000), "after 81,000.00"),
        (candle(1e30), "after 81,000.00"),
    ],
)
def test_what_cannot_be_a_price_never_is_one(wrong: DailyCandle, word: str) -> None:
    known = (DAY - timedelta(days=1), 81_000.0)
    alone = daily_closes({"one": [wrong]}, known)
    assert alone.closes == ()
    assert word in alone.warnings[0]
    other = daily_closes({"one": [wrong], "two": [candle(80_000)]}, known)
    assert [(close.exchange, close.usd) for close in other.closes] == [("two", 80_000)]


def test_long_after_the_last_known_close_a_move_may_be_large() -> None:
    assert daily_closes({"one": [candle(300_000)]}, (DAY - timedelta(days=200), 80_000.0)).closes


@given(
    st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=20),
    st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=20),
)
def test_closes_are_positive_move_little_and_agree(one: list[float], two: list[float]) -> None:
    rows = {name: [candle(c, n) for n, c in enumerate(values)] for name, values in (("a", one), ("b", two))}
    found = daily_closes(rows, (DAY - timedelta(days=1), 80_000.0))
    last, before = DAY - timedelta(days=1), 80_000.0
    for close in found.closes:
        at = (close.day - DAY).days
        assert close.usd > 0
        if (close.day - last).days <= 14:
            assert 1 / MOST_MOVE <= close.usd / before <= MOST_MOVE
        if close.exchange == "a" and at < len(two) and 0.5 < two[at] / before < 2:
            gap = abs(two[at] / close.usd - 1)
            assert gap <= UNDECIDED
            assert gap <= SPREAD or any(text.startswith(f"{close.day}: a closed") for text in found.warnings)
        last, before = close.day, close.usd
