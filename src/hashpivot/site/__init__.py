"""A power site, hour by hour: mine, serve AI, sell to the grid or stand still."""

from ._ahead import PriceOutlook, price_outlook
from ._allocate import Allocation, Split
from ._asic import Asic, asic, asics
from ._backtest import POLICIES, TITLES, URI, Backtest, Result, backtest
from ._bundle import ZONES, load_zone
from ._credits import power_months
from ._errors import InvalidPrices, InvalidSite, Unsolvable
from ._forecaster import BasisForecaster, Forecaster
from ._known import REGIMES
from ._load import example_sites, load_site, parse_site
from ._plan import Plan, plan
from ._reachable import Reachable, reachable
from ._settle import COMPONENTS, Books, Operation
from ._shortfall import SHORTFALLS, shortfall, worst_days
from ._site import AiLoad, Conversion, Credit, Machines, Mode, Power, Reserve, Site, Tariff
from ._table import Table, make_table
from ._table_file import read_prices
from .forecast import Quantiles, RealTimeForecaster

__all__ = [
    "COMPONENTS",
    "POLICIES",
    "REGIMES",
    "SHORTFALLS",
    "TITLES",
    "URI",
    "ZONES",
    "AiLoad",
    "Allocation",
    "Asic",
    "Backtest",
    "BasisForecaster",
    "Books",
    "Conversion",
    "Credit",
    "Forecaster",
    "InvalidPrices",
    "InvalidSite",
    "Machines",
    "Mode",
    "Operation",
    "Plan",
    "Power",
    "PriceOutlook",
    "Quantiles",
    "Reachable",
    "RealTimeForecaster",
    "Reserve",
    "Result",
    "Site",
    "Split",
    "Table",
    "Tariff",
    "Unsolvable",
    "asic",
    "asics",
    "backtest",
    "example_sites",
    "load_site",
    "load_zone",
    "make_table",
    "parse_site",
    "plan",
    "power_months",
    "price_outlook",
    "reachable",
    "read_prices",
    "shortfall",
    "worst_days",
]
