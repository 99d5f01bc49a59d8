"""Months as whole numbers, and how the days of a period fall into them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Months = NDArray[np.int64]


def month_of(day: date) -> int:
    """The month of a day, counted from the year 0; consecutive months differ by one."""
    return day.year * 12 + day.month - 1


def months_of_days(start: date, days: int) -> Months:
    """The month of each of `days` consecutive days from `start` on; shape (days,)."""
    stamps = np.datetime64(start) + np.arange(days)
    return stamps.astype("datetime64[M]").astype(np.int64) + 1970 * 12


def day_count(start: date, end: date) -> int:
    """Days from `start` to `end`, both included."""
    return (end - start).days + 1


def days_later(day: date, days: float) -> date:
    """The day a number of days later."""
    return day + timedelta(days=round(days))
