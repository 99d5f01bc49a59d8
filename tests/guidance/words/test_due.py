"""Due dates: words to the last day they can mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import FiscalCalendar, Quarter, YearEnd
from hashpivot.guidance import find_dues, resolve_due

SAID = date(2024, 5, 15)
DECEMBER = FiscalCalendar(YearEnd(12))
SEPTEMBER = FiscalCalendar(YearEnd(9))
SATURDAY = FiscalCalendar(YearEnd.parse("09 sat"))
CALENDARS = st.sampled_from([DECEMBER, SEPTEMBER, SATURDAY, FiscalCalendar(YearEnd(5))])
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
YEARS = st.integers(2015, 2040)
NTH = ("first", "second", "third", "fourth")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def test_a_beginning_is_marked() -> None:
    text = "delivered in phases beginning in January 2026 and completing in May 2026"
    begin, end = find_dues(text, said_on=SAID, calendar=DECEMBER)
    assert (begin.begins, end.begins) == (True, False)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by year-end 2025", "2025-12-31"),
        ("by the end of the second quarter of 2026", "2026-06-30"),
        ("in the first half of 2026", "2026-06-30"),
        ("H2 2026", "2026-12-31"),
        ("in 1H26", "2026-06-30"),
        ("by Q3 2025", "2025-09-30"),
        ("in 2026", "2026-12-31"),
        ("by mid-2026", "2026-06-30"),
        ("in early 2026", "2026-04-30"),
        ("in late 2026", "2026-12-31"),
        ("by June 30, 2026", "2026-06-30"),
        ("through approximately April 2025", "2025-04-30"),
        ("in October and November 2024", "2024-11-30"),
        ("during the remainder of 2024", "2024-12-31"),
        ("this quarter", "2024-06-30"),
        ("next quarter", "2024-09-30"),
        ("by year end", "2024-12-31"),
        ("by the end of the year", "2024-12-31"),
        ("by the end of next year", "2025-12-31"),
        ("by the end of the first quarter", "2025-03-31"),
        ("by the end of the third quarter", "2024-09-30"),
        ("over the next 12 months", "2025-05-15"),
        ("within four years of May 16, 2025", "2029-05-16"),
        ("in 2024 and 2025", "2025-12-31"),
    ],
)
def test_words(words: str, due: str) -> None:
    assert resolve_due(words, said_on=SAID, calendar=DECEMBER) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("in fiscal 2026", "2026-09-30"),
        ("in the second quarter of fiscal 2025", "2025-03-31"),
        ("in the fiscal second quarter of 2025", "2025-03-31"),
        ("in the first half of fiscal year 2025", "2025-03-31"),
        ("by the end of FY2025", "2025-09-30"),
        ("by the end of the fiscal year", "2024-09-30"),
        ("in the second quarter of 2025", "2025-06-30"),
    ],
)
def test_fiscal_words(words: str, due: str) -> None:
    assert resolve_due(words, said_on=SAID, calendar=SEPTEMBER) == date.fromisoformat(due)


@pytest.mark.parametrize(
    "words",
    ["as of December 31, 2024", "since 2023", "at 2,025 units", "by February 30, 2026", "for 2.2025 USD",
     "soon", "S21 Pro", "$2025", "dated June 26, 2024", "compared to 2023"],
)  # fmt: skip
def test_no_due_date(words: str) -> None:
    assert find_dues(words, said_on=SAID, calendar=DECEMBER) == []
    assert resolve_due(words, said_on=SAID, calendar=DECEMBER) is None


def test_a_list_keeps_its_days() -> None:
    found = find_dues("paid in 2024 and 2025, respectively", said_on=SAID, calendar=DECEMBER)
    assert [due.days for due in found] == [(date(2024, 12, 31), date(2025, 12, 31))]


def test_a_short_year_has_no_quarters_to_name() -> None:
    changed = FiscalCalendar(YearEnd(12), earlier=((date(2023, 6, 30), YearEnd(6)),))
    assert resolve_due("in the third quarter of fiscal 2024", said_on=SAID, calendar=changed) == date(
        2024, 9, 30
    )


@given(YEARS, st.integers(1, 4), DAYS, CALENDARS)
def test_calendar_quarters_end_as_the_core_says(
    year: int, n: int, said: date, calendar: FiscalCalendar
) -> None:
    for words in (f"by the end of the {NTH[n - 1]} quarter of {year}", f"in Q{n} {year}", f"in {n}Q{year}"):
        assert resolve_due(words, said_on=said, calendar=calendar) == Quarter(year, n).end


@given(YEARS, st.integers(1, 4), DAYS, CALENDARS)
def test_fiscal_quarters_are_the_calendars(year: int, n: int, said: date, calendar: FiscalCalendar) -> None:
    due = resolve_due(f"in the {NTH[n - 1]} quarter of fiscal {year}", said_on=said, calendar=calendar)
    assert due is not None
    assert due in calendar.quarter_ends(due)
    if n == 4:
        assert due == resolve_due(f"in fiscal {year}", said_on=said, calendar=calendar)


@given(DAYS, DAYS, CALENDARS)
def test_full_dates_are_themselves(day: date, said: date, calendar: FiscalCalendar) -> None:
    words = f"by {MONTHS[day.month - 1]} {day.day}, {day.year}"
    assert resolve_due(words, said_on=said, calendar=calendar) == day
    month = resolve_due(f"in {MONTHS[day.month - 1]} {day.year}", said_on=said, calendar=calendar)
    assert month == date(day.year, day.month, monthrange(day.year, day.month)[1])


RELATIVE = (
    "this quarter",
    "by year end",
    "by the end of the fiscal year",
    "by the end of the second quarter",
    "over the next 9 months",
)


@given(DAYS, CALENDARS, st.sampled_from(RELATIVE))
def test_relative_words_never_lie_in_the_past(said: date, calendar: FiscalCalendar, words: str) -> None:
    due = resolve_due(words, said_on=said, calendar=calendar)
    assert due is not None
    assert said <= due <= said + timedelta(days=740)


@given(
    st.text(st.sampled_from("by in the end of 2025 Q1 half June 30, mid-fiscal year next month 1H26")), DAYS
)
def test_any_words_end_well(words: str, said: date) -> None:
    for due in find_dues(words, said_on=said, calendar=SEPTEMBER):
        assert words[due.start : due.end] == due.text
        assert due.days
