"""Studies: backtest, plan, price forecast, allocation, information bound, shortfall."""

from ._allocation import Allocation, Split
from ._backtest import POLICIES, TITLES, URI, Backtest, backtest, dispatch_window
from ._best_simple import BestSimple
from ._information_bound import InformationBound, information_bound
from ._lazy_rows import LazyRows
from ._period import default_period
from ._plan import Plan, hour_rows, plan
from ._plan_reasons import call_reasons, rows_by_group
from ._policy_result import PolicyResult
from ._power_months import power_months
from ._price_forecast import PriceForecast, price_forecast
from ._shortfall import SHORTFALLS, shortfall, shortfall_by_hour, worst_days
from ._what_if import FACTORS, FREEDOMS, INPUTS, Freedom, Sensitivity, WhatIf, what_if

__all__ = [
    "FACTORS",
    "FREEDOMS",
    "INPUTS",
    "POLICIES",
    "SHORTFALLS",
    "TITLES",
    "URI",
    "Allocation",
    "Backtest",
    "BestSimple",
    "Freedom",
    "InformationBound",
    "LazyRows",
    "Plan",
    "PolicyResult",
    "PriceForecast",
    "Sensitivity",
    "Split",
    "WhatIf",
    "backtest",
    "call_reasons",
    "default_period",
    "dispatch_window",
    "hour_rows",
    "information_bound",
    "plan",
    "power_months",
    "price_forecast",
    "rows_by_group",
    "shortfall",
    "shortfall_by_hour",
    "what_if",
    "worst_days",
]
