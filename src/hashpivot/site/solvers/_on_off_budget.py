"""The best times on and off of one group that may be off for so many intervals of a month, exactly.

The intervals left are part of what a value depends on, in those months only in which the group would else be
off for longer: months are added until the budget of every other is kept of itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from ..model import Bools, Floats, Whole
from ._on_off_dispatch import OnOff, best_on_off, sums_ahead


def best_on_off_within(group: OnOff, budget: int, new_month: Bools) -> Bools | None:
    """Return when the group is on for the most in all, shape (T,); None if it cannot keep its budget.

    Args:
        group: One group; its times are shorter than every month.
        budget: Intervals it may be off in a month.
        new_month: Intervals that begin a month, shape (T,).
    """
    edges = [0, *np.flatnonzero(new_month).tolist(), len(new_month)]
    months = [span for span in pairwise(edges) if span[0] < span[1]]
    counted = np.zeros(len(months), dtype=bool)
    on: Bools | None = best_on_off(group)[:, 0]
    while on is not None:
        over = np.array([int((~on[first:end]).sum()) > budget for first, end in months])
        if not (over & ~counted).any():
            return on
        counted |= over
        on = _Months(group, budget, months, counted).best()
    return None


@dataclass(frozen=True, eq=False)
class _Begun:
    """Values of a month's first intervals: free to stop, nothing used; free to start, off since it began."""

    on: Floats
    off: Floats


class _Months:
    """Goes backwards through the months, then forwards along what was best."""

    def __init__(self, group: OnOff, budget: int, months: list[tuple[int, int]], counted: Bools) -> None:
        self._stay, self._stop_usd = group.gain_usd[:, 0], float(group.stop_usd[0])
        self._start = (sums_ahead(group.gain_usd, group.min_on) - group.start_usd)[:, 0]
        self._min_on, self._min_off = int(group.min_on[0]), int(group.min_off[0])
        self._budget, self._months, self._counted = budget, months, counted
        self._stops: list[Any] = [None] * len(self._stay)
        self._starts: list[Any] = [None] * len(self._stay)

    def best(self) -> Bools | None:
        """Return when the group is on; None if its budget cannot be kept."""
        longest = max(self._min_on, self._min_off) + 1
        after = _Begun(np.zeros(longest), np.zeros(longest))
        for month in range(len(self._months) - 1, -1, -1):
            after = self._backwards(month, after, longest)
        return self._forwards() if np.isfinite(after.on[0]) else None

    def _backwards(self, month: int, after: _Begun, rows: int) -> _Begun:
        """Decide a month for every number of intervals left; a row of the ring is an interval."""
        first, end = self._months[month]
        used = int(self._counted[month])
        width = used * self._budget + 1
        on, off = np.empty((rows, width)), np.empty((rows, width))
        begun = _Begun(np.full(rows, -np.inf), np.full(rows, -np.inf))
        stopped, stays_off = np.full(width, -np.inf), np.full(width, -np.inf)
        for t in range(end - 1, first - 1, -1):
            back, next_row = t + self._min_off, (t + 1) % rows
            spent = used * (min(back, end) - t)
            room = max(width - spent, 0)
            stopped[: min(spent, width)] = -np.inf
            stopped[min(spent, width) :] = off[back % rows, :room] if back < end else after.off[back - end]
            stopped -= self._stop_usd
            stays_off[used:] = off[next_row, : width - used] if t + 1 < end else after.off[0]
            stays_on = self._stay[t] + (on[next_row] if t + 1 < end else after.on[0])
            ahead = t + self._min_on
            started = self._start[t] + (on[ahead % rows] if ahead < end else after.on[ahead - end])
            self._stops[t] = np.packbits(stopped >= stays_on)
            self._starts[t] = np.packbits(np.broadcast_to(started > stays_off, width))
            row = t % rows
            np.maximum(stays_on, stopped, out=on[row])
            np.maximum(stays_off, started, out=off[row])
            if t - first < rows:
                gone = t - first
                begun.on[gone] = on[row, -1]
                begun.off[gone] = off[row, -1 - used * gone] if used * gone < width else -np.inf
        return begun

    def _forwards(self) -> Bools:
        end, t, runs = len(self._stay), 0, True
        on = np.ones(end, dtype=bool)
        month = np.repeat(np.arange(len(self._months)), [b - a for a, b in self._months])
        begins = [a for a, _ in self._months]
        gone: Whole = np.zeros(len(self._months), dtype=np.int64)
        while t < end:
            here = int(month[t])
            left = self._budget - int(gone[here]) if self._counted[here] else 0
            if not _bit(self._stops[t] if runs else self._starts[t], left):
                length, is_on = 1, runs
            else:
                runs = not runs
                length, is_on = (self._min_on if runs else self._min_off), runs
            until = min(t + length, end)
            if not is_on:
                on[t:until] = False
                last = int(month[until - 1])
                if last == here:
                    gone[here] += until - t
                else:
                    gone[here] += begins[last] - t
                    gone[last] += until - begins[last]
            t = until
        return on


def _bit(packed: Any, place: int) -> bool:
    return bool(packed[place >> 3] >> (7 - (place & 7)) & 1)
