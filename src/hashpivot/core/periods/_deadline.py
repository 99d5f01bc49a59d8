"""When a report must have been public at the latest, for sources that do not say when they were filed."""

from __future__ import annotations

from datetime import date, timedelta

# SEC filing deadlines after the period end for the slowest class of filer (Form 10-K general instruction A,
# 10-Q A.1, 20-F A(b), 40-F: due when the home annual report is; releases have no deadline, 60 days is late
# for one). Late rather than early, so that no view "as known on a day" sees too much.
_DAYS = {"10-K": 90, "10-KT": 90, "10-Q": 45, "10-QT": 45, "20-F": 120, "40-F": 90, "8-K": 60, "6-K": 60}
_LONGEST = 120


def filing_deadline(form: str, period_end: date) -> date:
    """Last day on which a report of that form for that period end should have become public.

    Amendments (`10-K/A`) count like the form they amend; an unknown form gets the longest time, 120 days.
    The calendar ends with `date.max`.
    """
    allowed = timedelta(days=_DAYS.get(form.upper().removesuffix("/A"), _LONGEST))
    return period_end + min(allowed, date.max - period_end)
