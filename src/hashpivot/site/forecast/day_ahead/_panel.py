"""Days as rows: 24 prices, the drivers forecast for them, and what is known the day before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import InvalidInput

from ...model import DAY, Floats

LONGEST_LAG = 7
"""Days before a day's features are complete."""
LAGS = (1, 2, 3, 7)
"""Days before, whose prices LEAR uses."""


@dataclass(frozen=True)
class DailyPanel:
    """A day-ahead market, a row a day.

    Args:
        days: Dates in local time without a gap, (days,).
        prices_usd_per_mwh: (days, 24), in the market's own currency where that is not the dollar.
        drivers: Day-ahead forecasts for the same hours, known before that day's auction: (drivers, days, 24).

    Raises:
        InvalidInput: If the shapes differ or a day is missing.
    """

    days: NDArray[np.datetime64]
    prices_usd_per_mwh: Floats
    drivers: Floats

    def __post_init__(self) -> None:
        n = len(self.days)
        if self.prices_usd_per_mwh.shape != (n, 24) or self.drivers.shape[1:] != (n, 24):
            raise InvalidInput(
                f"{n} days, prices {self.prices_usd_per_mwh.shape}, drivers {self.drivers.shape} do not fit",
                hint="prices are (days, 24), drivers (drivers, days, 24)",
            )
        gaps = np.flatnonzero(np.diff(self.days.astype("datetime64[D]")) != DAY)
        if len(gaps):
            raise InvalidInput(f"the day after {self.days[gaps[0]]} is missing", hint="fill or cut the gap")

    def __len__(self) -> int:
        return len(self.days)

    def until(self, day: int) -> DailyPanel:
        """What is known when day number `day` is forecast: earlier prices, drivers up to that day.

        The price of the day itself is there as not-a-number.
        """
        prices = self.prices_usd_per_mwh[: day + 1].copy()
        prices[day] = np.nan
        return DailyPanel(self.days[: day + 1], prices, self.drivers[:, : day + 1])

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """0 for Monday to 6 for Sunday, (days,)."""
        since_thursday = self.days.astype("datetime64[D]").astype(np.int64)
        return (since_thursday + 3) % 7

    @cached_property
    def season(self) -> Floats:
        """Cosine and sine of the day of the year, (days, 2)."""
        days = self.days.astype("datetime64[D]")
        of_year = (days - days.astype("datetime64[Y]")).astype(np.float64)
        angle = of_year * (2 * np.pi / 365.25)
        return np.stack([np.cos(angle), np.sin(angle)], axis=1)

    def earlier_prices(self, lags: tuple[int, ...]) -> Floats:
        """Prices of so many days earlier and yesterday's extremes, (days, features); gaps in the first rows.

        With `LAGS` the prices of the LEAR model (Lago et al. 2021).
        """
        prices = self.prices_usd_per_mwh
        extremes = np.stack([prices.min(axis=1), prices.max(axis=1)], axis=1)
        return np.hstack([*(lag(prices, days) for days in lags), lag(extremes, 1)])

    @cached_property
    def driver_numbers(self) -> Floats:
        """Each driver for the day, 1 and 7 days earlier (those of LEAR), (days, features); gaps likewise."""
        columns = [lag(driver, days) for driver in self.drivers for days in (0, 1, 7)]
        return np.hstack(columns)

    @cached_property
    def weekday_flags(self) -> Floats:
        """One column a weekday, (days, 7)."""
        return np.eye(7)[self.weekday]


def lag(values: Floats, days: int) -> Floats:
    """Rows of `days` earlier, (days, columns); gaps at the start."""
    gap = np.full((days, values.shape[1]), np.nan)
    return np.vstack([gap, values[: len(values) - days]])
