"""Prices: hourly tables, shipped or from a user's file."""

from ._bundle import ZONES, load_zone
from ._table import Table, make_table
from ._table_file import read_prices

__all__ = ["ZONES", "Table", "load_zone", "make_table", "read_prices"]
