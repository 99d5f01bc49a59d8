"""A plain forecaster: the day-ahead price and its usual error."""

from __future__ import annotations

from typing import Self

import numpy as np

from ..forecast import Quantiles
from ..model import Floats, Times, Whole
from ..prices import PriceHistory

_LEVELS = np.array(
    [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995]
)
_SHIFT = 15.0  # USD/MWh, so that ratios of prices around zero do no harm
_BINS = np.array([0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.88, 0.94, 0.97, 0.985])
"""Levels of the day-ahead price between which errors count as alike: finer where it is high."""
_RECENT_HOURS = 2 * 8760  # judged: long enough to fill the bins, short enough to follow the market


class BasisForecaster:
    """Quantiles of the real-time over the day-ahead price, in hours of like day-ahead price and time of day.

    Learned from the latest two years. Both prices are shifted by 15 USD/MWh before their ratio is taken, so
    that prices around zero do no harm.
    """

    def __init__(self) -> None:
        self._edges = np.empty(0)
        self._ratios = np.empty((0, 0, len(_LEVELS)))

    def fit(self, history: PriceHistory) -> Self:
        """Learn the ratios; any number of hours will do, hundreds are needed to be of use."""
        recent = history.part(max(0, history.hours - history.intervals(_RECENT_HOURS)), history.hours)
        ahead, ratio = _shifted(recent.da), (recent.rt + _SHIFT) / _shifted(recent.da)
        self._edges = np.quantile(ahead, _BINS)
        price_bin, part = np.searchsorted(self._edges, ahead), part_of_day(recent.ts_utc)
        shape = (len(_BINS) + 1, 2, len(_LEVELS))
        self._ratios = np.broadcast_to(np.quantile(ratio, _LEVELS), shape).copy()
        for n in range(shape[0]):
            for p in range(shape[1]):
                inside = ratio[(price_bin == n) & (part == p)]
                if len(inside) >= len(_LEVELS):
                    self._ratios[n, p] = np.quantile(inside, _LEVELS)
        return self

    def predict(self, known: PriceHistory, hours: Times) -> Quantiles:
        """Return the usual error around the day-ahead price of each hour."""
        ahead = _shifted(known.da[np.searchsorted(known.ts_utc, hours)])
        rows = self._ratios[np.searchsorted(self._edges, ahead), part_of_day(hours)]
        return Quantiles(_LEVELS, rows * ahead[:, None] - _SHIFT)


def part_of_day(ts_utc: Times) -> Whole:
    """Return 1 from 18 to 03 UTC, when ERCOT's load is high and the sun goes down; else 0."""
    hour = ts_utc.astype("datetime64[h]").astype(np.int64) % 24
    return np.asarray((hour >= 18) | (hour < 3), dtype=np.int64)


def _shifted(price: Floats) -> Floats:
    return np.maximum(price + _SHIFT, 1.0)
