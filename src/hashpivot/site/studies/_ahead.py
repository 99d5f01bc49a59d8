"""The distribution of prices in the next hours, without a site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ..information import BasisForecaster, Forecaster, Knowledge, look_ahead
from ..model import Bools, Floats, Site
from ..prices import Table
from ._plan import hour_outlook


@dataclass(frozen=True, eq=False)
class PriceOutlook:
    """Prices of T hours to come, K ranks each.

    Args:
        view: The hours, as known when forecasting.
        prices: Price at each rank, shape (T, K).
        chance: Probability of each rank, shape (T, K).
        stand_in: Hours whose day-ahead price was not out yet, shape (T,).
    """

    view: Knowledge
    prices: Floats
    chance: Floats
    stand_in: Bools

    def to_dict(self) -> dict[str, object]:
        """The forecast with stable keys."""
        hours = self.view.known
        rows = [
            hour_outlook(self.view, self.prices, self.chance, self.stand_in, t)
            for t in range(hours.table.hours)
        ]
        return {
            "zone": hours.table.zone,
            "at_utc": str(hours.table.ts_utc[0]) + ":00Z",
            "hashprice_usd_per_ph_day": round(float(hours.hashprice_usd_per_ph_day[0]), 4),
            "hours": rows,
            "notes": list(hours.notes),
        }


def price_outlook(
    site: Site,
    table: Table,
    at: datetime | None = None,
    hours: int = 34,
    *,
    make_forecaster: Callable[[], Forecaster] = BasisForecaster,
) -> PriceOutlook:
    """Prices of the next hours, as `plan` sees them; arguments and errors are its."""
    seen = look_ahead(site, table, at, hours, make_forecaster)
    return PriceOutlook(seen.view.part(seen.now, seen.end), seen.prices, seen.chance, seen.stand_in)
