"""A series of intervals: when each begins, how long it lasts, its value and its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hashpivot.core import short_repr

_HOUR = timedelta(hours=1)


@short_repr
@dataclass(frozen=True)
class PowerSeries:
    """Values by interval.

    Args:
        name: What it is, as the column of an hourly table: `rt_usd_per_mwh`, `load_mw`.
        point: Settlement point, empty for the whole market.
        minutes: Length of an interval.
        unit: Of the values.
        values: By beginning of the interval, UTC, in rising order.
    """

    name: str
    point: str
    minutes: int
    unit: str
    values: Mapping[datetime, float] = field(default_factory=dict)

    @classmethod
    def joined(cls, parts: Sequence[PowerSeries]) -> PowerSeries:
        """One series of several parts of it; where two have an interval, the later part counts.

        Args:
            parts: At least one.
        """
        first = parts[0]
        values = {start: value for part in parts for start, value in part.values.items()}
        return cls(first.name, first.point, first.minutes, first.unit, dict(sorted(values.items())))

    def hourly(self) -> dict[datetime, float]:
        """Means of the hours, by beginning, UTC; an hour without all of its intervals is left out."""
        hours: dict[datetime, list[float]] = {}
        for start, value in self.values.items():
            hours.setdefault(start.replace(minute=0, second=0, microsecond=0), []).append(value)
        needed = max(1, _HOUR // timedelta(minutes=self.minutes))
        return {hour: sum(values) / needed for hour, values in hours.items() if len(values) == needed}
