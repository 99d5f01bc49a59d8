"""Prices: hourly tables, shipped or from a user's file."""

from ._bundle import ZONES, load_zone
from ._file import read_prices
from ._price_history import CALLED, REQUIRED, PriceHistory, make_price_history

__all__ = ["CALLED", "REQUIRED", "ZONES", "PriceHistory", "load_zone", "make_price_history", "read_prices"]
