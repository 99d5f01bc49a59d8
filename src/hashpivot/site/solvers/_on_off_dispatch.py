"""The best times on and off of groups of machines over known gains, exactly, many stretches of time at once.

A group that may switch stays as it is, or switches and waits out its time: two numbers an interval, backwards
in time, tell which is best. Stretches are solved side by side, each as if the next began at values guessed.
Those whose guess was wrong are solved again with what was found, until all agree. Only differences of values
matter, and a few expensive or cheap intervals settle these: hardly any stretch is solved a third time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np

from ..model import Bools, Floats, Whole

_SAME_USD = 1e-7
"""Values this near count as agreed."""


@dataclass(frozen=True, eq=False)
class OnOff:
    """What being on brings. T intervals, G groups, each on and free to stop before the first.

    Args:
        gain_usd: Gain of being on over being off, minus infinity where impossible, shape (T, G).
        start_usd: Cost of a start in each interval, shape (T, G).
        stop_usd: Cost of a stop, shape (G,).
        min_on: Shortest time on, shape (G,).
        min_off: Shortest time off, shape (G,).
    """

    gain_usd: Floats
    start_usd: Floats
    stop_usd: Floats
    min_on: Whole
    min_off: Whole


def best_on_off(groups: OnOff) -> Bools:
    """Return when each group is on for the most in all, shape (T, G); the end may cut a time short."""
    stops, starts = _Stretches(groups).decisions()
    times = zip(groups.min_on.tolist(), groups.min_off.tolist(), strict=True)
    on = [follow_switches(stops[:, g], starts[:, g], *both) for g, both in enumerate(times)]
    return np.stack(on, axis=1)


def follow_switches(
    stops: Bools, starts: Bools, min_on: int, min_off: int, *, on: bool = True, free_from: int = 0
) -> Bools:
    """Return when a group is on, shape (T,), that switches where it wants to once its time is over.

    Args:
        stops: Where it stops if it is on and free to, shape (T,).
        starts: Where it starts if it is off and free to, shape (T,).
        min_on: Shortest time on.
        min_off: Shortest time off.
        on: Whether it is on before the first interval.
        free_from: First interval in which it may switch.
    """
    running = np.zeros(len(stops), dtype=bool)
    stop, start = stops.tobytes(), starts.tobytes()
    begun = 0 if on else start.find(1, free_from)
    free = free_from if on else begun + min_on
    while begun >= 0:
        stopped = stop.find(1, free)
        running[begun : stopped if stopped >= 0 else None] = True
        begun = start.find(1, stopped + min_off) if stopped >= 0 else -1
        free = begun + min_on
    return running


class _Stretches:
    """Stretches of equal length side by side: row i of a column is interval i of a stretch of a group."""

    def __init__(self, groups: OnOff) -> None:
        intervals, self._groups = groups.gain_usd.shape
        self._ahead = int(max(groups.min_on.max(), groups.min_off.max()))
        self._length = max(self._ahead, isqrt(intervals))
        self._count = -(-intervals // self._length)
        self._intervals = intervals
        start = sums_ahead(groups.gain_usd, groups.min_on) - groups.start_usd
        self._stay, self._start = self._beside(groups.gain_usd), self._beside(start)
        self._stop = np.repeat(groups.stop_usd, self._count)
        self._min_on, self._min_off = (np.repeat(t, self._count) for t in (groups.min_on, groups.min_off))
        rows = self._length + self._ahead
        self._on, self._off = (np.zeros((rows, self._count * self._groups)) for _ in range(2))

    def decisions(self) -> tuple[Bools, Bools]:
        """Return whether a group free to stop stops, and one free to start starts, both (T, G)."""
        columns = np.arange(self._on.shape[1])
        while len(columns):
            self._solve(columns)
            columns = self._agree()
        every = np.arange(self._length)[:, None]
        column = np.arange(self._on.shape[1])
        stopped = self._off[every + self._min_off, column] - self._stop
        started = self._start + self._on[every + self._min_on, column]
        length = self._length
        stops = stopped >= self._stay + self._on[1 : length + 1]
        starts = started > self._off[1 : length + 1]
        return self._in_order(stops), self._in_order(starts)

    def _solve(self, columns: Whole) -> None:
        """Solve some of the stretches backwards from what follows them."""
        tables = (self._on, self._off, self._stay, self._start)
        on, off, stay, start = (table.take(columns, axis=1) for table in tables)
        stop = self._stop[columns]
        width, place = len(columns), np.arange(len(columns))
        ons, offs = on.ravel(), off.ravel()
        after_start = (self._length + self._min_on[columns]) * width + place
        after_stop = (self._length + self._min_off[columns]) * width + place
        for i in range(self._length - 1, -1, -1):
            after_start -= width
            after_stop -= width
            np.maximum(stay[i] + on[i + 1], offs.take(after_stop) - stop, out=on[i])
            np.maximum(off[i + 1], start[i] + ons.take(after_start), out=off[i])
        self._on[:, columns], self._off[:, columns] = on, off

    def _agree(self) -> Whole:
        """Put what begins each stretch after the one before; return the stretches where that is news."""
        shape = (-1, self._groups, self._count)
        on, off = self._on.reshape(shape), self._off.reshape(shape)
        news = np.zeros(shape[1:], dtype=bool)
        least = off[0, :, 1:].copy()
        for values in (on, off):
            begun, held = values[: self._ahead, :, 1:] - least, values[self._length :, :, :-1]
            news[:, :-1] |= (np.abs(begun - held) > _SAME_USD).any(axis=0)
            values[self._length :, :, :-1] = begun
        return np.flatnonzero(news.ravel())

    def _beside(self, values: Floats) -> Floats:
        """Return (T, G) as (rows, columns), filled up with 0: beyond the end nothing is gained."""
        full = np.zeros((self._count * self._length, self._groups))
        full[: len(values)] = values
        beside = full.reshape(self._count, self._length, self._groups).transpose(1, 2, 0)
        return np.ascontiguousarray(beside).reshape(self._length, -1)

    def _in_order(self, beside: Bools) -> Bools:
        """Return (rows, columns) as (T, G)."""
        columns = beside.reshape(self._length, self._groups, self._count)
        return columns.transpose(2, 0, 1).reshape(-1, self._groups)[: self._intervals]


def sums_ahead(gain_usd: Floats, times: Whole) -> Floats:
    """Return what so many intervals from each on bring, to the end at most, shape (T, G)."""
    end = len(gain_usd)
    impossible = np.isinf(gain_usd)
    total = np.vstack([np.zeros(len(times)), np.cumsum(np.where(impossible, 0.0, gain_usd), axis=0)])
    barred = np.vstack([np.zeros(len(times), dtype=np.int64), np.cumsum(impossible, axis=0)])
    ends = np.minimum(np.arange(end)[:, None] + times, end)
    groups = np.arange(len(times))
    sums = total[ends, groups] - total[:-1]
    return np.where(barred[ends, groups] > barred[:-1], -np.inf, sums)
