"""A forecaster of hours on prices of shorter intervals: it learns from hourly means and forecasts these."""

from __future__ import annotations

from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from ..forecast import Quantiles
from ..model import Clock, Times
from ..prices import PriceHistory
from ._forecaster import Forecaster


class HourlyMeans:
    """Each interval takes the distribution of the mean of its hour of the clock.

    Args:
        forecaster: A forecaster of hours.
        zone: Market local time.
    """

    def __init__(self, forecaster: Forecaster, zone: ZoneInfo) -> None:
        self._forecaster, self._zone = forecaster, zone

    def fit(self, history: PriceHistory) -> Self:
        """Learn from the means of whole hours."""
        self._forecaster.fit(history.hourly(self._zone))
        return self

    def predict(self, known: PriceHistory, hours: Times) -> Quantiles:
        """Return the distribution of the hour of each interval; arguments as `Forecaster.predict`."""
        clock = Clock(hours, self._zone, known.minutes)
        hourly, number = known.hourly(self._zone), clock.hour_number
        first = np.searchsorted(hourly.ts_utc, hours[0], side="right") - 1
        made = self._forecaster.predict(hourly, hourly.ts_utc[first : first + number[-1] + 1])
        return Quantiles(made.levels, made.values_usd_per_mwh[number])
