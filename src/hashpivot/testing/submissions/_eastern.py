"""EDGAR's clock: Eastern wall time, and the day a filing counts as filed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")

_LATEST = time(17, 30)
"""What is accepted later counts as filed on the next business day (Regulation S-T, rule 13(a)(2))."""
_SATURDAY = 5


def eastern(moment: datetime) -> datetime:
    """Return a moment as Eastern wall time; one without a zone is taken as that already."""
    return moment.replace(tzinfo=EASTERN) if moment.tzinfo is None else moment.astimezone(EASTERN)


def filing_day(accepted: datetime) -> date:
    """Return the day a filing counts as filed; holidays are not known.

    Args:
        accepted: Moment of acceptance, Eastern where it has no zone.
    """
    moment = eastern(accepted)
    day = moment.date() + timedelta(days=moment.time() > _LATEST)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day
