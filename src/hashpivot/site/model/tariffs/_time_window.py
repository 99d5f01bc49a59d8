"""Times of the week and year that a charge or a block of power covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np

from ..base import Bools, Clock, Fields

ALL_MONTHS, ALL_HOURS, ALL_WEEKDAYS = tuple(range(1, 13)), tuple(range(24)), tuple(range(1, 8))


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Months, weekdays and hours of market local time, all of them unless given.

    Args:
        months: 1 to 12.
        weekdays: 1 (Monday) to 7 (Sunday).
        hours: Hours of the day by their beginning, 0 to 23.
        except_days: Days left out, such as holidays.
    """

    months: tuple[int, ...] = ALL_MONTHS
    weekdays: tuple[int, ...] = ALL_WEEKDAYS
    hours: tuple[int, ...] = ALL_HOURS
    except_days: tuple[date, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `months`, `weekdays`, `hours` and `except_days`, each of which may be left out.

        Raises:
            InvalidSite: If one is wrong.
        """
        return cls(
            fields.wholes("months", 1, 12, ALL_MONTHS),
            fields.wholes("weekdays", 1, 7, ALL_WEEKDAYS),
            fields.wholes("hours", 0, 23, ALL_HOURS),
            fields.days("except_days"),
        )

    def inside(self, clock: Clock) -> Bools:
        """Return the intervals it covers, shape (T,)."""
        weekday = (clock.day.astype(np.int64) + 3) % 7 + 1  # 1 January 1970 was a Thursday
        covered: Bools = np.isin(clock.month_of_year, self.months) & np.isin(weekday, self.weekdays)
        covered &= np.isin(clock.hour, self.hours)
        if self.except_days:
            covered &= ~np.isin(clock.day, np.array(self.except_days, dtype="datetime64[D]"))
        return covered

    def in_any_month(self) -> Self:
        """Return the same times of the week in all months: what a season's prices are compared by."""
        return replace(self, months=ALL_MONTHS)
