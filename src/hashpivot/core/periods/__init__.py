"""Quarters, fiscal calendars and filing deadlines."""

from ._calendar import FiscalCalendar, YearEnd
from ._deadline import filing_deadline
from ._quarter import ONE_DAY, Quarter, is_quarter_long, months_in, parse_day, period_label

__all__ = [
    "ONE_DAY",
    "FiscalCalendar",
    "Quarter",
    "YearEnd",
    "filing_deadline",
    "is_quarter_long",
    "months_in",
    "parse_day",
    "period_label",
]
