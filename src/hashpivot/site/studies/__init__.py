"""Studies: backtest, plan, price forecast, allocation, information bound, shortfall."""

from ._allocation import Allocation, Split
from ._backtest import POLICIES, TITLES, URI, Backtest, backtest, dispatch_window
from ._information_bound import InformationBound, information_bound
from ._plan import Plan, plan
from ._policy_result import PolicyResult
from ._power_months import power_months
from ._price_forecast import PriceForecast, price_forecast
from ._shortfall import SHORTFALLS, shortfall, worst_days

__all__ = [
    "POLICIES",
    "SHORTFALLS",
    "TITLES",
    "URI",
    "Allocation",
    "Backtest",
    "InformationBound",
    "Plan",
    "PolicyResult",
    "PriceForecast",
    "Split",
    "backtest",
    "dispatch_window",
    "information_bound",
    "plan",
    "power_months",
    "price_forecast",
    "shortfall",
    "worst_days",
]
