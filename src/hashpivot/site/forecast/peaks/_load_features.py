"""Loads and calendar as the chance of a coincident peak depends on them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from ...model import HOUR, MONTH, Bools, Floats, Times, Whole
from ..hours import local_hours, value_at

FADE_HOURS = 24.0
"""Hours after which a third of the latest change against a day before is left."""
_DAY_HOURS = 25
"""Hours of the longest day."""


@dataclass(frozen=True, eq=False)
class Loads:
    """Loads and calendar of consecutive hours.

    Args:
        load_mw: Gaps where not known, (hours,).
        local: Local wall time, datetime64[m], (hours,).
    """

    load_mw: Floats
    local: Times

    @classmethod
    def of(cls, load_mw: Floats, axis: Times, zone: ZoneInfo) -> Loads:
        """Loads on an axis that may run on beyond them."""
        load = np.full(len(axis), np.nan)
        load[: len(load_mw)] = load_mw
        return cls(load, local_hours(axis, zone))

    def features(self, origins: Whole, leads: Whole) -> Floats:
        """What is known at each origin of the hour so many hours on, (pairs, features).

        The load expected in the hour against the month's highest so far and against the highest expected for
        what is left of its day; how much of the month is over; how much the load grows in that hour; how far
        ahead the forecast reaches. Not a number where a load is missing.
        """
        hours = origins + leads
        shift = self._shift(origins) * np.exp(-leads / FADE_HOURS)
        typical = self._typical(origins, leads)
        expected = typical + shift
        growth = (typical - self._typical(origins, leads - 1)) / np.maximum(expected, 1.0)
        against_month = 40 * np.clip(_log_ratio(expected, self._highest(origins, hours)), -0.2, 0.05)
        against_day = 40 * np.clip(_log_ratio(expected, self._day_highest(origins, leads) + shift), -0.2, 0.0)
        over, far = self._share_over(hours), np.log1p(leads) / 4
        columns = [np.ones(len(hours)), against_month, against_day, over, over * against_month]
        columns += [100 * np.clip(growth, -0.05, 0.05), far, far * against_month, far * against_day]
        return np.stack(columns, axis=1)

    def _at(self, positions: Whole) -> Floats:
        return value_at(self.load_mw, positions)

    def _shift(self, origins: Whole) -> Floats:
        """By how much the last known load lies above that of a day before."""
        return self._at(origins - 1) - self._at(origins - 25)

    def _typical(self, origins: Whole, leads: Whole) -> Floats:
        """Load of the same hour of the latest day that is known; of the past, a day before it."""
        return self._at(origins + leads - 24 * (np.maximum(leads, 0) // 24 + 1))

    def _day_highest(self, origins: Whole, leads: Whole) -> Floats:
        """Highest typical load of what is left of the hour's day, the hour itself included."""
        day, hours = self.local.astype("datetime64[D]"), origins + leads
        highest = np.full(len(leads), np.nan)
        for step in range(-min(_DAY_HOURS, int(leads.max(initial=0))), _DAY_HOURS):
            there = (leads + step >= 0) & (hours + step < len(day))
            there &= day[np.where(there, hours + step, 0)] == day[hours]
            highest = np.fmax(highest, np.where(there, self._typical(origins, leads + step), np.nan))
        return highest

    def _highest(self, origins: Whole, hours: Whole) -> Floats:
        """Highest load known of the hour's month; before its first hour is known, the last load."""
        month = self.local.astype("datetime64[M]")
        last = self._at(np.arange(len(month)) - 1)
        highest = np.empty(len(month))
        for inside in np.split(np.arange(len(month)), np.flatnonzero(month[1:] != month[:-1]) + 1):
            highest[inside] = np.fmax.accumulate(last[inside])
        return np.where(month[origins] == month[hours], highest[origins], last[origins])

    def _share_over(self, hours: Whole) -> Floats:
        """Share of the month that is over, by whole days."""
        month, day = self.local.astype("datetime64[M]"), self.local.astype("datetime64[D]")
        share: Floats = (day - month.astype("datetime64[D]")).astype(np.float64)[hours] / 31
        return share


def month_peaks(load_mw: Floats, local: Times, counted: Bools, *, so_far: bool = False) -> Bools:
    """The hour of highest load of each month of local time, (hours,).

    Only of months that lie wholly in `local`, among hours `counted`, and if all their loads are known.

    Args:
        load_mw: Loads, (hours,).
        local: Local wall time, (hours,).
        counted: Hours of which the peak is sought, (hours,).
        so_far: Whether a last month that is not over has its highest load so far as peak.
    """
    month, peaks = local.astype("datetime64[M]"), np.zeros(len(local), dtype=bool)
    for each in np.unique(month[counted]):
        begin, end = each.astype("datetime64[h]"), (each + MONTH).astype("datetime64[h]")
        inside = np.flatnonzero((month == each) & counted)
        over = end - HOUR <= local[-1] or so_far
        if local[0] - HOUR < begin and over and np.isfinite(load_mw[inside]).all():
            peaks[inside[load_mw[inside].argmax()]] = True
    return peaks


def _log_ratio(one: Floats, other: Floats) -> Floats:
    """Logarithm of a ratio of loads; loads below 1 MW count as 1."""
    ratio: Floats = np.log(np.maximum(one, 1.0)) - np.log(np.maximum(other, 1.0))
    return ratio
