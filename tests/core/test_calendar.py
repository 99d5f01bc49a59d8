"""Fiscal calendars: month ends, 52/53 weeks, transition periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import (
    Companies,
    FiscalCalendar,
    InvalidInput,
    Quarter,
    YearEnd,
    filing_deadline,
    months_in,
)

RULES = st.builds(YearEnd, st.integers(1, 12), st.none() | st.integers(0, 6))


@given(RULES, st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_every_day_lies_in_one_fiscal_year_and_quarters_tile_it(rule: YearEnd, day: date) -> None:
    calendar = FiscalCalendar(rule)
    first, last = calendar.year_of(day)
    assert first <= day <= last
    assert (last - first).days + 1 in ((365, 366) if rule.weekday is None else (364, 371))
    ends = calendar.quarter_ends(day)
    assert ends[-1] == last and len(ends) == 4
    starts = [first, *(end + timedelta(days=1) for end in ends[:-1])]
    assert [months_in(start, end) for start, end in zip(starts, ends, strict=True)] == [3, 3, 3, 3]


@given(st.integers(1, 12), st.integers(0, 6), st.integers(1990, 2080))
def test_a_52_53_week_year_ends_on_its_weekday_nearest_to_month_end(
    month: int, weekday: int, year: int
) -> None:
    end, month_end = YearEnd(month, weekday).in_year(year), YearEnd(month).in_year(year)
    assert end.weekday() == weekday and abs((end - month_end).days) <= 3


def test_hut_8_changed_its_year_end() -> None:
    calendar = Companies.load()["HUT"].calendar
    assert calendar.year_ends(2022, 2025) == [
        date(2022, 6, 30),
        date(2023, 6, 30),
        date(2023, 12, 31),
        date(2024, 12, 31),
        date(2025, 12, 31),
    ]
    assert calendar.label(date(2023, 7, 1), date(2023, 12, 31)) == "TP 2023-12-31"
    assert calendar.quarter_ends(date(2023, 8, 1)) == [date(2023, 9, 30), date(2023, 12, 31)]
    assert calendar.label(date(2024, 4, 1), date(2024, 6, 30)) == "FQ2 2024"


@pytest.mark.parametrize(
    ("ticker", "start", "end", "label", "quarter"),
    [
        ("CLSK", date(2024, 10, 1), date(2024, 12, 31), "FQ1 2025", "2024Q4"),
        ("APLD", date(2024, 9, 1), date(2024, 11, 30), "FQ2 2025", "2024Q4"),
        ("IREN", date(2024, 7, 1), date(2025, 6, 30), "FY2025", "2025Q2"),
        ("RIOT", date(2024, 1, 1), date(2024, 9, 30), "9M FY2024", "2024Q3"),
    ],
)
def test_labels(ticker: str, start: date, end: date, label: str, quarter: str) -> None:
    calendar = Companies.load()[ticker].calendar
    assert calendar.label(start, end) == label
    assert Quarter.of_period_end(end) == Quarter.parse(quarter)


@pytest.mark.parametrize("text", ["13-31", "sat", "", "x", "02-30", "06-15", "09 saturday", "12-31 sat"])
def test_nonsense_year_ends(text: str) -> None:
    with pytest.raises(InvalidInput):
        YearEnd.parse(text)


def test_deadlines_are_late_rather_than_early() -> None:
    end = date(2024, 12, 31)
    assert filing_deadline("10-K", end) == date(2025, 3, 31)
    assert filing_deadline("10-K/A", end) == date(2025, 3, 31)
    assert filing_deadline("10-Q", end) == date(2025, 2, 14)
    assert filing_deadline("", end) == filing_deadline("20-F", end) == date(2025, 4, 30)


def test_a_year_that_ends_on_the_last_friday_of_a_month() -> None:
    rule = YearEnd.parse("04 last fri")
    assert rule == YearEnd(4, 4, within=True)
    assert [rule.in_year(year) for year in (2022, 2023, 2024)] == [
        date(2022, 4, 29), date(2023, 4, 28), date(2024, 4, 26),
    ]  # fmt: skip


def test_years_called_by_the_year_they_begin_in() -> None:
    calendar = FiscalCalendar(YearEnd(1, 6), named_by_start=True)
    assert calendar.year_named(2023) == date(2024, 1, 28)
    assert FiscalCalendar(YearEnd(12, 5)).year_named(2025) == date(2026, 1, 3)
