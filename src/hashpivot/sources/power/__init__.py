"""Power markets: prices, load and forecasts by interval."""

from .ercot import (
    ERCOT_CLOCK,
    ERCOT_PRODUCTS,
    PRICES,
    DayRoute,
    ErcotKeys,
    MarketProduct,
    MisReports,
    PowerDay,
    PublicReports,
    chosen_products,
    ercot_keys,
    ercot_service,
    local_days,
    mis_service,
    power_days,
)
from .series import DayState, MarketClock, PowerSeries

__all__ = [
    "ERCOT_CLOCK",
    "ERCOT_PRODUCTS",
    "PRICES",
    "DayRoute",
    "DayState",
    "ErcotKeys",
    "MarketClock",
    "MarketProduct",
    "MisReports",
    "PowerDay",
    "PowerSeries",
    "PublicReports",
    "chosen_products",
    "ercot_keys",
    "ercot_service",
    "local_days",
    "mis_service",
    "power_days",
]
