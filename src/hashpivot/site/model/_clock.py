"""Market local time of UTC hours: days of 23 and 25 hours included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from hashpivot.core import short_repr

from ._arrays import DAY, Bools, Times, Whole


@short_repr
@dataclass(frozen=True, eq=False)
class Clock:
    """What the market's clocks show at the beginning of each hour.

    Args:
        ts_utc: Beginnings of consecutive hours, datetime64[h], shape (T,).
        zone: Market local time.
    """

    ts_utc: Times
    zone: ZoneInfo

    @cached_property
    def local(self) -> Times:
        """Local wall time of each hour, datetime64[h], shape (T,); the repeated autumn hour stands twice."""
        return self.ts_utc + self._offsets.astype("timedelta64[h]")

    @cached_property
    def day(self) -> Times:
        """Local date, datetime64[D]."""
        return self.local.astype("datetime64[D]")

    @cached_property
    def month(self) -> Times:
        """Local month, datetime64[M]."""
        return self.local.astype("datetime64[M]")

    @cached_property
    def hour(self) -> Whole:
        """Local hour of the day, 0 to 23."""
        return (self.local - self.day.astype("datetime64[h]")).astype(np.int64)

    @cached_property
    def month_of_year(self) -> Whole:
        """1 to 12."""
        return self.month.astype(np.int64) % 12 + 1

    def between(self, start: date, end: date) -> Bools:
        """Which hours lie in local days `start` to `end`, both included."""
        inside: Bools = (self.day >= np.datetime64(start)) & (self.day <= np.datetime64(end))
        return inside

    @cached_property
    def _offsets(self) -> Whole:
        """Hours to add to UTC: looked up once a UTC day, and hour by hour on days the clocks change."""
        days = self.ts_utc.astype("datetime64[D]")
        unique, where = np.unique(days, return_inverse=True)
        begins = np.array([self._offset(day) for day in unique])
        ends = np.array([self._offset(day + DAY) for day in unique])
        offsets = begins[where]
        for position in np.flatnonzero((begins != ends)[where]):
            offsets[position] = self._offset(self.ts_utc[position])
        return offsets

    def _offset(self, moment: Any) -> int:
        when: datetime = moment.astype("datetime64[s]").item().replace(tzinfo=UTC)
        offset = when.astimezone(self.zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds() // 3600)
