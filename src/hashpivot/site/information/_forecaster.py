"""What a forecaster of the real-time price is: two protocols."""

from __future__ import annotations

from typing import Protocol, Self, runtime_checkable

from ..forecast import ForecastFrame, Quantiles
from ..model import Times, Whole
from ..prices import PriceHistory


class Forecaster(Protocol):
    """A model of the real-time price: learns from history, then gives the distribution of hours to come."""

    def fit(self, history: PriceHistory) -> Self:
        """Learn from hours that are all known."""
        ...

    def predict(self, known: PriceHistory, hours: Times) -> Quantiles:
        """Return the distribution of each of `hours`.

        Args:
            known: What is known when forecasting; its axis runs through the last of `hours`, with NaN for
                what is not known yet. Day-ahead prices of `hours` are known.
            hours: Beginnings of the intervals to forecast, datetime64[m].
        """
        ...


@runtime_checkable
class ManyForecaster(Forecaster, Protocol):
    """A forecaster that can forecast from many hours at once."""

    def predict_all(self, frame: ForecastFrame, origins: Whole, hours: int) -> Quantiles:
        """Return the distributions as each of `origins` begins, each by what was known then.

        Args:
            frame: Everything, later known or not.
            origins: Positions of hours, shape (N,).
            hours: Hours ahead of each.

        Returns:
            Values of shape (N, hours, levels).
        """
        ...
