"""A site's power month by month, as a miner's update reports it: the loop back to the desk."""

from __future__ import annotations

from hashpivot.core import PowerMonth

from ..economics import ProfitAndLoss
from ..model import Bools
from ._backtest import Backtest


def power_months(done: Backtest, policy: str = "rolling_horizon") -> list[PowerMonth]:
    """Return uptime, credits and power cost of every month of a backtest, by one of its policies.

    Months are of market local time.

    Raises:
        UnknownKey: If no such policy was run.
    """
    pnl = done.pnl[policy]
    capacity = done.hours.site.capacity_mw
    return [_month(str(month), pnl, done.in_month(month), capacity) for month in done.months]


def _month(name: str, pnl: ProfitAndLoss, inside: Bools, capacity_mw: float) -> PowerMonth:
    total = {component: float(usd[inside].sum()) for component, usd in pnl.usd.items()}
    return PowerMonth(
        month=name,
        uptime=1 - float(pnl.off_share[inside].mean()),
        curtailment_credits_usd=total["resale"],
        demand_response_credits_usd=total["reserves"] + total["credits"],
        power_cost_usd=-total["power"] - total["tariffs"],
        drawn_mwh=float(pnl.drawn_mw[inside].sum()) * pnl.interval_hours,
        capacity_mwh=capacity_mw * int(inside.sum()) * pnl.interval_hours,
    )
