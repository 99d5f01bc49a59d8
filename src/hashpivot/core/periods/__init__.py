"""Quarters, fiscal calendars and filing deadlines."""

from ._calendar import FiscalCalendar, YearEnd
from ._deadline import filing_deadline
from ._quarter import ONE_DAY, Quarter, months_in, parse_day, period_label

__all__ = [
    "ONE_DAY",
    "FiscalCalendar",
    "Quarter",
    "YearEnd",
    "filing_deadline",
    "months_in",
    "parse_day",
    "period_label",
]
