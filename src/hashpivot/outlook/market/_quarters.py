"""From epochs, which end on another day on every path, to means over calendar quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Quarter

from ._start import MarketStart

PRICE, RATE, HASHPRICE, BTC = range(4)


class QuarterSums:
    """Sums over the days of each quarter: price, hash rate, hashprice, bitcoin per EH/s.

    Args:
        start: Where the simulation starts; the known days of the first quarter count.
        quarters: The quarters, consecutive, the first one that of the first simulated day.
        paths: Size of the shard.
    """

    def __init__(self, start: MarketStart, quarters: Sequence[Quarter], paths: int) -> None:
        self._ends = [float(quarter.end.toordinal() - start.as_of.toordinal()) for quarter in quarters]
        self._days = [quarter.days for quarter in quarters]
        self._sums = np.zeros((len(quarters), 4, paths), dtype=np.float32)
        known = start.known
        self._sums[0, PRICE] = known.price_usd
        self._sums[0, RATE] = known.hash_rate_ehs
        self._sums[0, HASHPRICE] = known.hashprice_usd
        self._sums[0, BTC] = known.btc_per_eh
        self._values = np.empty((4, paths), dtype=np.float32)
        self._weights = np.empty((2, paths), dtype=np.float32)

    @property
    def last_day(self) -> float:
        """Last day of the last quarter, in days from the start."""
        return self._ends[-1]

    def add(
        self, state: Mapping[str, NDArray[np.float32]], reward: NDArray[np.float32], took:
        NDArray[np.float32],
        price: NDArray[np.float32],
    ) -> None:  # fmt: skip
        """Add a span: it begins at `state["days"]`, takes `took` days, with these mean rewards and prices."""
        self._evaluate(state["log_rate"], reward, price)
        days = state["days"]
        self._weights[1] = days
        self._weights[1] += took
        first, last = float(days.min()), float(self._weights[1].max())
        inside = [q for q, end in enumerate(self._ends) if end > first and self._begin(q) < last]
        for quarter in inside:
            whole = self._begin(quarter) <= first and last <= self._ends[quarter]
            self._add(quarter, took if whole else self._overlap(quarter, days))

    def means(self) -> NDArray[np.float32]:
        """Mean price, hash rate, hashprice, and the sum of bitcoin per EH/s; shape `(4, quarters, paths)`."""
        out = np.ascontiguousarray(self._sums.transpose(1, 0, 2))
        out[:BTC] /= np.array(self._days, dtype=np.float32)[None, :, None]
        return out

    def _evaluate(
        self, log_rate: NDArray[np.float32], reward: NDArray[np.float32], price: NDArray[np.float32]
    ) -> None:
        values = self._values
        values[PRICE] = price
        np.exp(log_rate, out=values[RATE])
        np.divide(reward, values[RATE], out=values[BTC])
        values[BTC] *= np.float32(144.0)
        np.multiply(values[BTC], price, out=values[HASHPRICE])
        values[HASHPRICE] *= np.float32(1e-3)

    def _begin(self, quarter: int) -> float:
        return self._ends[quarter - 1] if quarter else 0.0

    def _overlap(self, quarter: int, days: NDArray[np.float32]) -> NDArray[np.float32]:
        """Days of the span within a quarter."""
        inside, until = self._weights
        np.minimum(until, np.float32(self._ends[quarter]), out=inside)
        inside -= np.maximum(days, np.float32(self._begin(quarter)))
        return np.maximum(inside, np.float32(0), out=inside)

    def _add(self, quarter: int, weight: NDArray[np.float32]) -> None:
        for total, value in zip(self._sums[quarter], self._values, strict=True):
            total += value * weight
