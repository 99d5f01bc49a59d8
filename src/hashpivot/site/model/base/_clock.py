"""Market local time of UTC intervals: days of 23 and 25 hours, zones half an hour off included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from math import ceil
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np

from hashpivot.core import short_repr

from ._arrays import MINUTE, Bools, Floats, Times, Whole

INTERVALS = (5, 15, 30, 60)
"""Minutes an interval of prices may have."""
_DAY_SECONDS = 86_400


def intervals(hours: float, minutes: int) -> int:
    """Return how many intervals of so many minutes a time takes: a part of one counts as a whole."""
    return ceil(hours * 60 / minutes - 1e-9)


def utc_minute(moment: datetime) -> np.datetime64:
    """Return an aware moment as a datetime64[m] of UTC, as `ts_utc` holds them."""
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "m")


def moment_of(ts_utc: Any) -> datetime:
    """Return a datetime64 of UTC as an aware moment."""
    moment: datetime = ts_utc.astype("datetime64[s]").item().replace(tzinfo=UTC)
    return moment


@short_repr
@dataclass(frozen=True, eq=False)
class Clock:
    """What the market's clocks show at the beginning of each interval. T intervals.

    Args:
        ts_utc: Beginnings of consecutive intervals, datetime64[m], shape (T,).
        zone: Market local time.
        minutes: Length of an interval.
    """

    ts_utc: Times
    zone: ZoneInfo
    minutes: int = 60

    @property
    def interval_hours(self) -> float:
        """Length of an interval: megawatts times it are MWh, dollars an hour times it are dollars."""
        return self.minutes / 60

    @cached_property
    def local(self) -> Times:
        """Local wall time, datetime64[m], shape (T,); the repeated autumn hour stands twice."""
        return self.ts_utc.astype("datetime64[m]") + self._offsets.astype("timedelta64[m]")

    @property
    def end(self) -> Any:
        """Wall time at which the last interval ends, datetime64[m]."""
        return self.local[-1] + self.minutes * MINUTE

    @cached_property
    def day(self) -> Times:
        """Local date, datetime64[D]."""
        return self.local.astype("datetime64[D]")

    @cached_property
    def month(self) -> Times:
        """Local month, datetime64[M]."""
        return self.local.astype("datetime64[M]")

    @cached_property
    def minute_of_day(self) -> Whole:
        """Minutes its wall time is past midnight, 0 to 1439."""
        return (self.local - self.day).astype(np.int64)

    @cached_property
    def hour(self) -> Whole:
        """Local hour of the day, 0 to 23."""
        return self.minute_of_day // 60

    @cached_property
    def month_of_year(self) -> Whole:
        """1 to 12."""
        return self.month.astype(np.int64) % 12 + 1

    @cached_property
    def hour_number(self) -> Whole:
        """Number of the hour of the clock each interval lies in, from 0; one of an hour is its own."""
        if self.minutes == 60:
            return np.arange(len(self.ts_utc))
        begins = self.ts_utc.astype("datetime64[m]").astype(np.int64) - self.minute_of_day % 60
        return np.cumsum(np.diff(begins, prepend=begins[:1]) != 0)

    def hours_of(self, unit: Literal["M", "Y"]) -> Floats:
        """Return the hours of the whole local month or year each interval lies in, shape (T,)."""
        first, row = np.unique(self.local.astype(f"datetime64[{unit}]"), return_inverse=True)
        edges = np.array([first, first + np.timedelta64(1, unit)]).astype("datetime64[s]").tolist()
        begins, ends = ([local.replace(tzinfo=self.zone).timestamp() for local in edge] for edge in edges)
        length: Floats = (np.array(ends) - np.array(begins)) / 3600
        return length[row]

    def between(self, start: date, end: date) -> Bools:
        """Which intervals lie in local days `start` to `end`, both included."""
        inside: Bools = (self.day >= np.datetime64(start)) & (self.day <= np.datetime64(end))
        return inside

    def hourly_mean(self, values: Floats) -> Floats:
        """Return the mean of the hour each interval lies in, shape (T,); values a number each."""
        if self.minutes == 60:
            return values
        total = np.bincount(self.hour_number, weights=values)
        return (total / np.bincount(self.hour_number))[self.hour_number]

    @cached_property
    def _offsets(self) -> Whole:
        """Minutes to add to UTC: looked up once a UTC day, and one by one on days the clocks change."""
        if not len(self.ts_utc):
            return np.zeros(0, dtype=np.int64)
        days = self.ts_utc.astype("datetime64[D]").astype(np.int64)
        first, where = int(days[0]), days - days[0]
        at_midnight = np.array(
            [_offset(self.zone, day * _DAY_SECONDS) for day in range(first, int(days[-1]) + 2)]
        )
        changes, offsets = at_midnight[:-1] != at_midnight[1:], at_midnight[where]
        if changes.any():
            positions = np.flatnonzero(changes[where])
            seconds = self.ts_utc[positions].astype("datetime64[s]").astype(np.int64)
            offsets[positions] = [_offset(self.zone, second) for second in seconds.tolist()]
        return offsets


@lru_cache(maxsize=100_000)
def _offset(zone: ZoneInfo, second: int) -> int:
    """Return the minutes a zone's clocks are ahead of UTC at a second since 1970."""
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds() // 60)
