"""The distribution of prices in the next hours, without a site's decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Tabular

from ..economics import HourlyEconomics
from ..information import BasisForecaster, Forecaster, InformationSet, Knowledge, information_set
from ..model import Bools, Floats, Site
from ..prices import PriceHistory


@dataclass(frozen=True, eq=False)
class PriceForecast(Tabular):
    """Prices of T hours to come, K ranks each.

    Args:
        knowledge: The hours, as known when forecasting.
        prices: Price at each rank, shape (T, K).
        chance: Probability of each rank, shape (T, K).
        stand_in: Hours whose day-ahead price was not out yet; that of a day before stands in, shape (T,).
    """

    knowledge: Knowledge
    prices: Floats
    chance: Floats
    stand_in: Bools
    row_key = "ts_utc"

    @classmethod
    def of(cls, known: InformationSet) -> PriceForecast:
        """Return the forecast an information set holds."""
        part = known.knowledge.part(known.now, known.end)
        return cls(part, known.prices, known.chance, known.stand_in)

    def __repr__(self) -> str:
        prices = self.hours.prices
        return f"PriceForecast({prices.zone}, {prices.hours} hours from {prices.ts_utc[0]} UTC)"

    @property
    def hours(self) -> HourlyEconomics:
        """The hours forecast, as known."""
        return self.knowledge.known

    def records(self) -> list[dict[str, Any]]:
        """Return one row an hour, as in `to_dict`."""
        return [self.hour(t) for t in range(self.hours.prices.hours)]

    def to_dict(self) -> dict[str, object]:
        """Return the forecast with stable keys."""
        hours = self.hours
        return {
            "zone": hours.prices.zone,
            "at_utc": f"{hours.prices.ts_utc[0]}Z",
            "hashprice_usd_per_ph_day": round(float(hours.hashprice_usd_per_ph_day[0]), 4),
            "hours": self.records(),
            "notes": list(hours.notes),
        }

    def hour(self, t: int) -> dict[str, Any]:
        """Return what is expected of hour number `t`."""
        hours, prices, chance = self.hours, self.prices[t], self.chance[t]
        low, middle, high = (_price_at(prices, chance, level) for level in (0.1, 0.5, 0.9))
        return {
            "ts_utc": f"{hours.prices.ts_utc[t]}Z",
            "local": str(hours.clock.local[t]),
            "da_usd_per_mwh": round(float(hours.prices.da[t]), 2),
            "da_stand_in": bool(self.stand_in[t]),
            "expected_usd_per_mwh": round(float(prices @ chance), 2),
            "p10_usd_per_mwh": round(low, 2),
            "p50_usd_per_mwh": round(middle, 2),
            "p90_usd_per_mwh": round(high, 2),
            "peak_probability": round(float(self.knowledge.peak_chance[t]), 5),
        }


def price_forecast(
    site: Site,
    prices: PriceHistory,
    at: datetime | None = None,
    hours: int = 34,
    *,
    network: NetworkHistory,
    make_forecaster: Callable[[], Forecaster] = BasisForecaster,
) -> PriceForecast:
    """Return prices of the next hours, as `plan` sees them; arguments and errors are those of `plan`."""
    return PriceForecast.of(information_set(site, prices, at, hours, network, make_forecaster))


def _price_at(prices: Floats, chance: Floats, level: float) -> float:
    """Return the price not exceeded with a probability, interpolated between the middles of ranks."""
    middle = np.cumsum(chance) - chance / 2
    return float(np.interp(level, middle, prices))
