"""The network in a quarter: days, months, market draws and the variance of solo mining."""

from ._days import Days, days_known
from ._market_draws import DRAWS, Market, market, network_months
from ._months import Floats, day_count, days_later, month_of, months_of_days
from ._solo_mining import BLOCKS_PER_DAY, blocks_expected, solo_dispersion

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
    "market",
    "month_of",
    "months_of_days",
    "network_months",
    "solo_dispersion",
]
