"""Which intervals of system load a coincident-peak charge is on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..base import MINUTE, Bools, Clock, Floats, Times, Whole


@dataclass(frozen=True, slots=True)
class PeakRule:
    """The highest interval of each month, or the highest ones of a season on different days.

    Args:
        months: Months that count; a season begins with the first of them.
        minutes: Length of an interval: loads and power drawn are averaged to it.
        season_days: Days of a season whose highest interval counts; 0 if each month's highest counts.
    """

    months: tuple[int, ...]
    minutes: int = 60
    season_days: int = 0

    @property
    def peaks_a_year(self) -> int:
        """How many intervals a year it counts."""
        return self.season_days or len(self.months)

    def hours(self, clock: Clock) -> float:
        """Return the hours of what is counted: an interval of the rule, or a longer one of the clock."""
        return max(self.minutes, clock.minutes) / 60

    def period(self, clock: Clock) -> Whole:
        """Return a number of the month or season each interval lies in, shape (T,)."""
        month: Whole = clock.month.astype(np.int64)
        if not self.season_days:
            return month
        return (month - (self.months[0] - 1)) // 12

    def is_whole(self, clock: Clock, period: int) -> bool:
        """Return whether a clock holds a period: a season whole, a month from its beginning on."""
        first, after = self.ends(period)
        step = clock.minutes * MINUTE
        begun: bool = clock.local[0] - step < first
        return begun and bool(not self.season_days or clock.end + step > after)

    def ends(self, period: int) -> tuple[Times, Times]:
        """Return the first local day of a period and the day after its last, datetime64[D]."""
        first = period if not self.season_days else period * 12 + self.months[0] - 1
        length = 1 if not self.season_days else max((m - self.months[0]) % 12 for m in self.months) + 1
        return tuple(np.array([first, first + length]).astype("datetime64[M]").astype("datetime64[D]"))


def span_numbers(clock: Clock, minutes: int) -> Whole:
    """Return a number, from 0 and rising, of the span of so many minutes each interval lies in, shape (T,).

    Spans begin with the hours of the clock; an interval that is no shorter is a span of its own.
    """
    if clock.minutes >= minutes:
        return np.arange(len(clock.ts_utc))
    begins = clock.ts_utc.astype("datetime64[m]").astype(np.int64) - clock.minute_of_day % minutes
    return np.unique(begins, return_inverse=True)[1]


def span_means(values: Floats, numbers: Whole) -> Floats:
    """Return the mean of each span, shape (S,), given the span of each interval."""
    mean: Floats = np.bincount(numbers, weights=values) / np.bincount(numbers)
    return mean


def rule_peaks(rule: PeakRule, load_mw: Floats, clock: Clock, counted: Bools) -> Bools:
    """Return the intervals of system load that a rule's charge is on, shape (T,).

    Only of periods whose loads are all known. A month the clock begins in has no peak, one it ends in its
    highest load so far; a season must lie within it whole.

    Args:
        rule: Which are sought.
        load_mw: Load of the system, NaN where unknown, shape (T,).
        clock: Local time of the intervals.
        counted: Intervals among which they are sought, shape (T,).
    """
    peaks, period = np.zeros(len(load_mw), dtype=bool), rule.period(clock)
    spans = span_numbers(clock, rule.minutes)
    load, day = span_means(load_mw, spans), clock.day
    begin = np.searchsorted(spans, np.arange(len(load)))
    for each in np.unique(period[counted]):
        inside = np.flatnonzero(counted & (period == each))
        if rule.is_whole(clock, int(each)) and np.isfinite(load_mw[inside]).all():
            chosen = _highest(np.unique(spans[inside]), load, day[begin], max(rule.season_days, 1))
            peaks |= np.isin(spans, chosen)
    return peaks


def _highest(spans: Whole, load: Floats, day: Times, days: int) -> Whole:
    """Return the spans of highest load of the days whose highest load is highest; of equals, the earlier."""
    order = spans[np.argsort(-load[spans], kind="stable")]
    _, first = np.unique(day[order], return_index=True)
    return order[np.sort(first)[:days]]
