"""A site's power month by month, as a miner's update reports it: the loop back to the desk."""

from __future__ import annotations

from hashpivot.core import PowerMonth

from ..economics import Books
from ..model import Bools
from ._backtest import Backtest


def power_months(done: Backtest, policy: str = "ours") -> list[PowerMonth]:
    """Uptime, credits and power cost of every month of a backtest; months are of market local time."""
    books = done.books[policy]
    capacity = done.hours.site.capacity_mw
    return [_month(str(month), books, done.in_month(month), capacity) for month in done.months]


def _month(name: str, books: Books, inside: Bools, capacity_mw: float) -> PowerMonth:
    total = {component: float(usd[inside].sum()) for component, usd in books.usd.items()}
    return PowerMonth(
        month=name,
        uptime=1 - float(books.off_share[inside].mean()),
        curtailment_credits_usd=total["resale"],
        demand_response_credits_usd=total["reserves"] + total["credits"],
        power_cost_usd=-total["power"] - total["tariffs"],
        drawn_mwh=float(books.drawn_mw[inside].sum()),
        capacity_mwh=capacity_mw * int(inside.sum()),
    )
