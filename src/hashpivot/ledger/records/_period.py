"""Periods of figures: a quarter by the company's calendar, a range of days, or one day."""

from __future__ import annotations

from datetime import date, timedelta

from hashpivot.core import FiscalCalendar, InvalidInput, Quarter

from ._cells import Unfit
from ._parse import day

_HINT = "write a quarter like 2026Q2, days like 2026-01-01..2026-06-30, or one day for a balance"
_LONGEST = timedelta(days=750)
"""A figure covers two years at most: a slip of the pen in a year is longer."""

_FIRST = date(2009, 1, 3)
"""Bitcoin's first block: a figure of a period before it is a slip of the pen."""

Period = tuple[date | None, date]


def period_of(text: str, flow: bool, calendar: FiscalCalendar) -> Period:
    """Return first and last day of a period, the first None for an instant.

    A quarter is the company's fiscal quarter that belongs to it, and its last day for an instant.

    Raises:
        Unfit: If it is no period, or not one that the measure has.
    """
    start, end = _written(text, flow, calendar)
    if end < _FIRST:
        raise Unfit(f"{text} lies before {_FIRST}, bitcoin's first day", "check the year")
    return start, end


def _written(text: str, flow: bool, calendar: FiscalCalendar) -> Period:
    first, dots, last = text.partition("..")
    if dots:
        if not flow:
            raise Unfit(f"{text} is a range, the measure is of one day", "write the day, or the quarter")
        return _range(day(first), day(last))
    if "q" not in text.lower():
        if flow:
            raise Unfit(f"{text} is no period", _HINT)
        return None, day(text)
    start, end = _fiscal(_quarter(text), calendar)
    return (start if flow else None), end


def _range(start: date, end: date) -> Period:
    if not start <= end <= start + _LONGEST:
        raise Unfit(f"{start}..{end} is no period of up to two years", "write the first day, then the last")
    return start, end


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except InvalidInput:
        raise Unfit(f"{text!r} is not a period", _HINT) from None


def _fiscal(quarter: Quarter, calendar: FiscalCalendar) -> tuple[date, date]:
    """First and last day of the company's quarter that belongs to a calendar quarter."""
    try:
        days = (quarter.start - timedelta(days=60), quarter.end, quarter.end + timedelta(days=60))
        ends = sorted({end for one in days for end in calendar.quarter_ends(one)})
        place = next(n for n, end in enumerate(ends) if n and Quarter.of_period_end(end) == quarter)
    except (StopIteration, OverflowError, InvalidInput, ValueError):
        raise Unfit(f"the company has no quarter {quarter}", _HINT) from None
    return ends[place - 1] + timedelta(days=1), ends[place]
