"""Calendar quarters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import InvalidInput, Quarter, months_in, parse_day, period_label

QUARTERS = st.builds(Quarter, st.integers(1900, 2100), st.integers(1, 4))
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(QUARTERS, st.integers(-400, 400))
def test_addition_and_since_are_inverse(quarter: Quarter, step: int) -> None:
    assert (quarter + step).since(quarter) == step
    assert quarter + step - step == quarter


@given(QUARTERS, QUARTERS)
def test_order_is_that_of_days(a: Quarter, b: Quarter) -> None:
    assert (a < b) == (a.start < b.start)


@given(QUARTERS)
def test_quarters_tile_the_calendar(quarter: Quarter) -> None:
    assert quarter.end + timedelta(days=1) == (quarter + 1).start
    assert quarter.days in (90, 91, 92)
    assert Quarter.containing(quarter.start) == Quarter.containing(quarter.end) == quarter
    assert Quarter.parse(str(quarter)) == quarter


@given(DAYS)
def test_a_period_end_belongs_to_the_nearest_quarter_end(day: date) -> None:
    quarter = Quarter.of_period_end(day)
    distance = abs((quarter.end - day).days)
    assert distance <= 46
    assert all(distance <= abs(((quarter + step).end - day).days) for step in (-1, 1))


@pytest.mark.parametrize(
    ("start", "end", "quarter"),
    [
        (date(2024, 10, 1), date(2024, 12, 31), Quarter(2024, 4)),  # CleanSpark's first fiscal quarter
        (date(2024, 9, 1), date(2024, 11, 30), Quarter(2024, 4)),  # Applied Digital's second
        (date(2024, 11, 1), date(2025, 1, 31), Quarter(2024, 4)),
        (date(2024, 9, 29), date(2024, 12, 28), Quarter(2024, 4)),  # 13 weeks
        (date(2024, 7, 1), date(2024, 12, 31), None),
    ],
)
def test_fiscal_periods(start: date, end: date, quarter: Quarter | None) -> None:
    assert Quarter.of_period(start, end) == quarter


@pytest.mark.parametrize("text", ["2024Q4", "2024-q4", "Q4 2024", " 2024 Q4 "])
def test_spellings(text: str) -> None:
    assert Quarter.parse(text) == Quarter(2024, 4)


@pytest.mark.parametrize("text", ["2024Q5", "2024", "", "20240Q1", "Q42024Q4", "0000Q1"])
def test_nonsense_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Quarter.parse(text)
    assert "2024Q4" in caught.value.hint


def test_spans_and_labels() -> None:
    assert [str(q) for q in Quarter(2023, 4).through(Quarter(2024, 2))] == ["2023Q4", "2024Q1", "2024Q2"]
    assert list(Quarter(2024, 2).through(Quarter(2024, 1))) == []
    assert months_in(date(2024, 1, 1), date(2024, 9, 30)) == 9
    assert period_label(None, date(2024, 12, 31)) == "2024-12-31"
    assert period_label(date(2024, 1, 1), date(2024, 12, 31)) == "2024-01-01..2024-12-31"
    with pytest.raises(InvalidInput):
        parse_day("2024-02-30")
