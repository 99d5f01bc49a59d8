"""When day-ahead prices become known, and what a table holds at a given hour."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ._table import PlainTable, Table, Times, column, known_ahead

MARKET = ZoneInfo("America/Chicago")
PUBLISHED_HOUR = 14
"""Local hour from which tomorrow's day-ahead prices are known (ERCOT posts them at 13:30)."""


def local_hours(ts_utc: Times, zone: ZoneInfo = MARKET) -> Times:
    """Local wall time of hours, datetime64[h]; the autumn hour stands twice."""
    hours = ts_utc.astype("datetime64[h]").astype(np.int64)
    days, place = np.unique(hours // 12, return_inverse=True)
    half_days = np.array([_offset(int(day) * 12, zone) for day in days], dtype=np.int64)
    last = np.array([_offset(int(day) * 12 + 11, zone) for day in days], dtype=np.int64)
    offset = half_days[place]
    for turn in np.flatnonzero(half_days != last):
        inside = np.flatnonzero(place == turn)
        offset[inside] = [_offset(int(hour), zone) for hour in hours[inside]]
    return (hours + offset).astype("datetime64[h]")


def _offset(hour: int, zone: ZoneInfo) -> int:
    away = datetime.fromtimestamp(hour * 3600, UTC).astimezone(zone).utcoffset()
    assert away is not None
    return int(away.total_seconds()) // 3600


def known_until(ts_utc: Times) -> NDArray[np.int64]:
    """For each hour, the place after the last hour whose day-ahead price is known as that hour begins."""
    local = local_hours(ts_utc)
    day = local.astype("datetime64[D]")
    hour = (local - day.astype("datetime64[h]")).astype(np.int64)
    last_day = day + (hour >= PUBLISHED_HOUR)
    return np.asarray(np.searchsorted(day, last_day, side="right"), dtype=np.int64)


def known_at(table: Table, origin: int, hours: int) -> PlainTable:
    """What is known as hour number `origin` begins: the past, and day-ahead columns as far as published.

    The axis runs `hours` hours on from the origin; what is not known there is not a number.
    """
    end = min(origin + hours, len(table.ts_utc))
    until = int(known_until(table.ts_utc[: end + 48])[origin])
    columns = {}
    for name in table:
        values = column(table, name)[:end].copy()
        values[until if known_ahead(name) else origin :] = np.nan
        columns[name] = values
    return PlainTable(table.ts_utc[:end], columns)
