"""When day-ahead prices become known, and what is known at a given hour."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np

from ...model import Clock, Times, Whole
from ._frame import ForecastFrame, PlainFrame, column, known_ahead

MARKET = ZoneInfo("America/Chicago")
PUBLISHED_HOUR = 14
"""Local hour from which tomorrow's day-ahead prices are known (ERCOT posts them at 13:30)."""


def local_hours(ts_utc: Times, zone: ZoneInfo = MARKET) -> Times:
    """Return local wall time of hours, datetime64[m]; the repeated autumn hour appears twice."""
    return Clock(ts_utc, zone).local


def known_until(ts_utc: Times) -> Whole:
    """Return for each hour the position after the last hour whose day-ahead price is known as it begins."""
    clock = Clock(ts_utc, MARKET)
    last_day = clock.day + (clock.hour >= PUBLISHED_HOUR)
    return np.asarray(np.searchsorted(clock.day, last_day, side="right"), dtype=np.int64)


def known_at(table: ForecastFrame, origin: int, hours: int) -> PlainFrame:
    """Return what is known as hour `origin` begins: the past, and day-ahead columns as far as published.

    The axis runs `hours` hours on from the origin; what is not known there is not a number.
    """
    end = min(origin + hours, len(table.ts_utc))
    until = int(known_until(table.ts_utc[: end + 48])[origin])
    columns = {}
    for name in table:
        values = column(table, name)[:end].copy()
        values[until if known_ahead(name) else origin :] = np.nan
        columns[name] = values
    return PlainFrame(table.ts_utc[:end], columns)
