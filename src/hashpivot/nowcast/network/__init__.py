"""The network in a quarter: days, months, market draws and the variance of solo mining."""

from ._luck import BLOCKS_PER_DAY, blocks_expected, luck_dispersion
from ._market import DRAWS, Market, market, network_months
from ._months import Floats, day_count, days_later, month_of, months_of_days
from ._network import Days, days_known

__all__ = [
    "BLOCKS_PER_DAY",
    "DRAWS",
    "Days",
    "Floats",
    "Market",
    "blocks_expected",
    "day_count",
    "days_known",
    "days_later",
    "luck_dispersion",
    "market",
    "month_of",
    "months_of_days",
    "network_months",
]
