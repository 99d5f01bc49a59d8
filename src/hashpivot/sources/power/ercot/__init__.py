"""ERCOT: prices, ancillary services, load and forecasts, by its public API or its keyless reports."""

from ._day_document import DayDocument
from ._day_reading import DayReading, read_day
from ._days import DayRoute, power_days
from ._keys import ErcotKeys, ercot_keys
from ._mis_reports import MisReports
from ._product import MarketProduct, ProductColumn
from ._products import ERCOT_CLOCK, ERCOT_PRODUCTS, PRICES, chosen_products
from ._public_api import PublicReports
from ._report_table import ReportTable
from ._service import ercot_service, mis_service

__all__ = [
    "ERCOT_CLOCK",
    "ERCOT_PRODUCTS",
    "PRICES",
    "DayDocument",
    "DayReading",
    "DayRoute",
    "ErcotKeys",
    "MarketProduct",
    "MisReports",
    "ProductColumn",
    "PublicReports",
    "ReportTable",
    "chosen_products",
    "ercot_keys",
    "ercot_service",
    "mis_service",
    "power_days",
    "read_day",
]
