"""Power markets: prices, load and forecasts by interval."""

from ._grid_days import grid_days
from ._other_grids import GRID_PRODUCTS, GRIDS, OtherGrid
from .ercot import (
    ERCOT_CLOCK,
    ERCOT_PRODUCTS,
    PRICES,
    DayRoute,
    ErcotKeys,
    MarketProduct,
    MisReports,
    PublicReports,
    chosen_products,
    ercot_keys,
    ercot_service,
    mis_service,
    power_days,
)
from .series import DayState, MarketClock, PowerDay, PowerSeries, local_days

__all__ = [
    "ERCOT_CLOCK",
    "ERCOT_PRODUCTS",
    "GRIDS",
    "GRID_PRODUCTS",
    "PRICES",
    "DayRoute",
    "DayState",
    "ErcotKeys",
    "MarketClock",
    "MarketProduct",
    "MisReports",
    "OtherGrid",
    "PowerDay",
    "PowerSeries",
    "PublicReports",
    "chosen_products",
    "ercot_keys",
    "ercot_service",
    "grid_days",
    "local_days",
    "mis_service",
    "power_days",
]
