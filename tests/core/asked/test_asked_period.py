from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import FiscalCalendar, InvalidInput, Quarter, YearEnd, read_period

CALENDAR = FiscalCalendar(YearEnd(12))
SEPTEMBER = FiscalCalendar(YearEnd(9))
NEWEST = Quarter(2025, 2)


@pytest.mark.parametrize(
    ("text", "calendar", "september"),
    [
        ("2024Q4", "2024Q4", "2024Q4"),
        ("Q4 2024", "2024Q4", "2024Q4"),
        ("4Q24", "2024Q4", "2024Q4"),
        ("Q4'24", "2024Q4", "2024Q4"),
        ("the fourth quarter of 2024", "2024Q4", "2024Q4"),
        ("FQ1 2025", "2025Q1", "2024Q4"),
        ("Q1 FY25", "2025Q1", "2024Q4"),
        ("first fiscal quarter of 2025", "2025Q1", "2024Q4"),
        ("fiscal 2025 first quarter", "2025Q1", "2024Q4"),
        ("fiscal year 2024", "2024-01-01..2024-12-31", "2023-10-01..2024-09-30"),
        ("FY24", "2024-01-01..2024-12-31", "2023-10-01..2024-09-30"),
        ("2024", "2024-01-01..2024-12-31", "2023-10-01..2024-09-30"),
        ("full year 2024", "2024-01-01..2024-12-31", "2023-10-01..2024-09-30"),
        ("calendar year 2024", "2024-01-01..2024-12-31", "2024-01-01..2024-12-31"),
        ("CY2024", "2024-01-01..2024-12-31", "2024-01-01..2024-12-31"),
        ("H1 2024", "2024-01-01..2024-06-30", "2023-10-01..2024-03-31"),
        ("second half of 2024", "2024-07-01..2024-12-31", "2024-04-01..2024-09-30"),
        ("9M 2024", "2024-01-01..2024-09-30", "2023-10-01..2024-06-30"),
        ("first nine months of 2024", "2024-01-01..2024-09-30", "2023-10-01..2024-06-30"),
        ("YTD Q3 2024", "2024-01-01..2024-09-30", "2023-10-01..2024-09-30"),
        ("year to date", "2025-01-01..2025-06-30", "2024-10-01..2025-06-30"),
        ("six months ended 30 June 2024", "2024-01-01..2024-06-30", "2024-01-01..2024-06-30"),
        ("quarter ended September 30, 2024", "2024Q3", "2024Q3"),
        ("3Q23", "2023Q3", "2023Q3"),
        ("last quarter of 2024", "2024Q4", "2024Q4"),
        ("last fiscal quarter of 2024", "2024Q4", "2024Q3"),
        ("its December quarter, 2024", "2024Q4", "2024Q4"),
        ("July to September 2024", "2024Q3", "2024Q3"),
        ("Nov 2023 - April 2024", "2023-11-01..2024-04-30", "2023-11-01..2024-04-30"),
        ("ytd through May 2024", "2024-01-01..2024-05-31", "2023-10-01..2024-05-31"),
        ("year to September 2024", "2023-10-01..2024-09-30", "2023-10-01..2024-09-30"),
        ("31/12/2024", "2024-12-31", "2024-12-31"),
        ("12/31/2024", "2024-12-31", "2024-12-31"),
        ("December 2024", "2024-12-01..2024-12-31", "2024-12-01..2024-12-31"),
        ("31 December 2024", "2024-12-31", "2024-12-31"),
        ("Dec 31, 2024", "2024-12-31", "2024-12-31"),
        ("2024-12-31", "2024-12-31", "2024-12-31"),
        ("2024-07-01..2024-12-31", "2024-07-01..2024-12-31", "2024-07-01..2024-12-31"),
        ("latest", "2025Q2", "2025Q2"),
        ("most recent quarter", "2025Q2", "2025Q2"),
        ("latest fiscal year", "2024-01-01..2024-12-31", "2023-10-01..2024-09-30"),
    ],
)
def test_periods_as_people_write_them(text: str, calendar: str, september: str) -> None:
    assert read_period(text, CALENDAR, NEWEST).label == calendar
    assert read_period(text, SEPTEMBER, NEWEST).label == september


def test_the_year_that_ended_on_a_day() -> None:
    assert read_period("year ended September 30, 2024", SEPTEMBER).label == "2023-10-01..2024-09-30"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Q5 2024",
        "2024Q0",
        "31 February 2024",
        "13M 2024",
        "<script>",
        "fiscal calendar 2024",
        "Q3",
        "01/02/2024",  # of January or of February
        "quarter ended August 2024",  # no quarter of the company, and not the nearest
        "August to October 2024",
        "2024-08-01..2024-10-31",
        "Sept to July 2024",
    ],
)
def test_what_is_no_period_is_an_error_that_shows_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_period(text, CALENDAR, NEWEST)
    assert "write it like 2024Q4" in str(caught.value)


def test_how_words_were_read_is_said_where_they_might_mean_something_else() -> None:
    assert "calendar quarter" in read_period("Q4 2024", SEPTEMBER).reading
    assert read_period("Q4 2024", CALENDAR).reading == ""
    assert read_period("FQ1 2025", SEPTEMBER).fiscal == "FQ1 2025"


def test_the_end_of_a_fiscal_quarter_belongs_to_it() -> None:
    asked = read_period("FQ1 2025", SEPTEMBER)
    assert (asked.start, asked.end, asked.quarter) == (
        date(2024, 10, 1),
        date(2024, 12, 31),
        Quarter(2024, 4),
    )


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_typed_error(text: str) -> None:
    try:
        asked = read_period(text, SEPTEMBER, NEWEST)
    except InvalidInput:
        return
    assert asked.start <= asked.end


@given(st.integers(2000, 2050), st.integers(1, 4))
def test_a_quarter_is_read_as_it_is_labelled(year: int, number: int) -> None:
    quarter = Quarter(year, number)
    start, end = SEPTEMBER.bounds(quarter)
    for text in (str(quarter), SEPTEMBER.label(start, end), f"{start}..{end}"):
        assert read_period(text, SEPTEMBER).quarter == quarter
