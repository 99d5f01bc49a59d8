"""Power markets as data: when a day-ahead auction closes and publishes, intervals, caps, reserve rules."""

from ._power_market import EARLIEST, Ancillary, DayAheadAuction, LoadResource, PowerMarket, PriceCap
from ._registry import load_market, market_names, reserve_products

__all__ = [
    "EARLIEST",
    "Ancillary",
    "DayAheadAuction",
    "LoadResource",
    "PowerMarket",
    "PriceCap",
    "load_market",
    "market_names",
    "reserve_products",
]
