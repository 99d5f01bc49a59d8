"""Studies: backtest, plan, allocation, information bound, shortfall."""

from ._ahead import PriceOutlook, price_outlook
from ._allocate import Allocation, Split
from ._backtest import POLICIES, TITLES, URI, Backtest, Result, backtest
from ._credits import power_months
from ._plan import Plan, plan
from ._reachable import Reachable, reachable
from ._shortfall import SHORTFALLS, shortfall, worst_days

__all__ = [
    "POLICIES",
    "SHORTFALLS",
    "TITLES",
    "URI",
    "Allocation",
    "Backtest",
    "Plan",
    "PriceOutlook",
    "Reachable",
    "Result",
    "Split",
    "backtest",
    "plan",
    "power_months",
    "price_outlook",
    "reachable",
    "shortfall",
    "worst_days",
]
