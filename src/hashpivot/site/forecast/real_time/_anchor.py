"""Where a price would be without news: at its day-ahead price, plus what is left of the latest distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ..hours import HourView, latest

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_EDGES = np.array([1, 2, 4])
"""Leads that share how much is left: 0, 1, 2-3 hours; later nothing is."""


@dataclass(frozen=True, eq=False)
class Anchor:
    """How much of the latest distance from the day-ahead price is left after a while.

    Args:
        left: Share left, by group of leads, (groups,); the last is zero.
    """

    left: Array

    @classmethod
    def learn(cls, target: Array, ahead: Array, last: Array, leads: Places) -> Self:
        """The shares with the least absolute error.

        Args:
            target: Tame price that came, (pairs,).
            ahead: Tame day-ahead price of the hour, (pairs,).
            last: Tame distance from it in the hour before the origin, (pairs,).
            leads: (pairs,).
        """
        groups = np.searchsorted(_EDGES, leads, side="right")
        left = np.zeros(len(_EDGES) + 1)
        for group in np.unique(groups[groups < len(_EDGES)]):
            inside = groups == group
            left[group] = _median_slope((target - ahead)[inside], last[inside])
        return cls(np.clip(left, 0.0, 1.0))

    def of(self, ahead: Array, last: Array, leads: Places) -> Array:
        """Tame anchors, (pairs,)."""
        return ahead + self.left[np.searchsorted(_EDGES, leads, side="right")] * last


def ahead_and_last(seen: HourView, origins: Places, leads: Places) -> tuple[Array, Array]:
    """Latest known tame day-ahead price of each pair's hour, distance from it just before the origin."""
    ahead = latest(seen.ahead, origins + leads, seen.until[origins])[0]
    before = np.maximum(origins - 1, 0)
    return ahead, np.nan_to_num(seen.real[before] - seen.ahead[before])


def _median_slope(rise: Array, run: Array) -> float:
    """The slope through zero with the least absolute error: a median of slopes, weighted by the run."""
    there = np.abs(run) > 1e-9
    if not there.any():
        return 0.0
    slopes, weights = rise[there] / run[there], np.abs(run[there])
    order = np.argsort(slopes)
    heap = np.cumsum(weights[order])
    return float(slopes[order][np.searchsorted(heap, heap[-1] / 2)])
