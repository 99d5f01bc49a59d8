"""Where a price would be without news: at its day-ahead price, plus what is left of the latest distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from ...model import Floats, Whole
from ..hours import HourView, latest

_EDGES = np.array([1, 2, 4])
"""Leads that share how much is left: 0, 1, 2-3 hours; later nothing is."""


@dataclass(frozen=True, eq=False)
class Anchor:
    """How much of the latest distance from the day-ahead price is left after a while.

    Args:
        left: Share left, by group of leads, (groups,); the last is zero.
    """

    left: Floats

    @classmethod
    def learn(cls, target: Floats, ahead: Floats, last: Floats, leads: Whole) -> Self:
        """The shares with the least absolute error.

        Args:
            target: Stabilised price that came, (pairs,).
            ahead: Stabilised day-ahead price of the hour, (pairs,).
            last: Stabilised distance from it in the hour before the origin, (pairs,).
            leads: (pairs,).
        """
        groups = np.searchsorted(_EDGES, leads, side="right")
        left = np.zeros(len(_EDGES) + 1)
        for group in np.unique(groups[groups < len(_EDGES)]):
            inside = groups == group
            left[group] = _median_slope((target - ahead)[inside], last[inside])
        return cls(np.clip(left, 0.0, 1.0))

    def of(self, ahead: Floats, last: Floats, leads: Whole) -> Floats:
        """Stabilised anchors, (pairs,)."""
        return ahead + self.left[np.searchsorted(_EDGES, leads, side="right")] * last


def ahead_and_last(seen: HourView, origins: Whole, leads: Whole) -> tuple[Floats, Floats]:
    """Return the latest known day-ahead price of each pair's hour, and the spread just before the origin."""
    ahead = latest(seen.ahead, origins + leads, seen.until[origins])[0]
    before = np.maximum(origins - 1, 0)
    return ahead, np.nan_to_num(seen.real[before] - seen.ahead[before])


def _median_slope(rise: Floats, run: Floats) -> float:
    """The slope through zero with the least absolute error: a median of slopes, weighted by the run."""
    there = np.abs(run) > 1e-9
    if not there.any():
        return 0.0
    slopes, weights = rise[there] / run[there], np.abs(run[there])
    order = np.argsort(slopes)
    heap = np.cumsum(weights[order])
    return float(slopes[order][np.searchsorted(heap, heap[-1] / 2)])
