"""Economics: what each hour offers a site, and what an operation comes to."""

from ._hourly import HourlyEconomics, counted_hours, peak_hours
from ._minimum_demand import marginal
from ._profit_and_loss import COMPONENTS, Operation, ProfitAndLoss, committed_reserve_usd, settle_pnl
from ._reserve_prices import income_usd

__all__ = [
    "COMPONENTS",
    "HourlyEconomics",
    "Operation",
    "ProfitAndLoss",
    "committed_reserve_usd",
    "counted_hours",
    "income_usd",
    "marginal",
    "peak_hours",
    "settle_pnl",
]
