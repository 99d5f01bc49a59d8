"""A forward curve as the path of the median price."""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import InvalidInput

from ..inputs import EPOCH_DAYS, FORWARD_HINT, PriceModel
from ._start import MarketStart


class ForwardCurve:
    """Log of the median price by day from the start: straight between knots, flat after the last.

    Args:
        days: Days of the knots from the start, ascending.
        logs: Log prices there.
    """

    def __init__(self, days: list[float], logs: list[float]) -> None:
        self._days = np.array(days)
        self._logs = np.array(logs)

    @classmethod
    def of(cls, price: PriceModel, start: MarketStart) -> ForwardCurve | None:
        """The curve of a price model; None if it has none.

        Raises:
            InvalidInput: If a quarter's middle is not after the start.
        """
        curve = price.forward_curve()
        if not curve:
            return None
        days = [
            quarter.start.toordinal() + quarter.days / 2 - start.as_of.toordinal() for quarter, _ in curve
        ]
        if days[0] <= 0:
            raise InvalidInput(
                f"forward has {curve[0][0]}, whose middle is before the outlook starts ({start.as_of})",
                where="price",
                hint=FORWARD_HINT,
            )
        logs = [log(start.price_usd * price.start_factor), *(log(usd) for _, usd in curve)]
        return cls([0.0, *days], logs)

    def growth(self, days: NDArray[np.float32], epochs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log growth of the median over so many epochs from `days` on, path by path."""
        until = days + epochs * np.float32(EPOCH_DAYS)
        grown = np.interp(until, self._days, self._logs) - np.interp(days, self._days, self._logs)
        growth: NDArray[np.float32] = grown.astype(np.float32)
        return growth
