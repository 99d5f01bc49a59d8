"""A site's power month by month, as a miner's update reports it: the loop back to the desk."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Missing

from ._arrays import Bools
from ._backtest import Backtest
from ._settle import Books


@dataclass(frozen=True, slots=True)
class PowerMonth:
    """One month of a site under one policy, in the terms miners report.

    Args:
        month: `2023-08`.
        uptime: Share of the machines' normal megawatt hours that was on.
        curtailment_credits_usd: Power bought ahead and sold again.
        demand_response_credits_usd: Reserve sold and curtailment credits.
        power_cost_usd: All power bought, tariffs included, credits not taken off.
        drawn_mwh: Energy used.
    """

    month: str
    uptime: float
    curtailment_credits_usd: float
    demand_response_credits_usd: float
    power_cost_usd: float
    drawn_mwh: float

    @property
    def credits_usd(self) -> float:
        """Both credits."""
        return self.curtailment_credits_usd + self.demand_response_credits_usd

    @property
    def net_power_usd_per_mwh(self) -> float | Missing:
        """Power cost less credits for each MWh used, what miners call all-in power cost."""
        if self.drawn_mwh <= 0:
            return Missing("no power was used", "not_applicable")
        return (self.power_cost_usd - self.credits_usd) / self.drawn_mwh

    def to_dict(self) -> dict[str, object]:
        """Plain values; a cost that says nothing is null and says why."""
        net = self.net_power_usd_per_mwh
        missing = {"net_power_missing": net.reason} if isinstance(net, Missing) else {}
        return {
            "month": self.month,
            "uptime": round(self.uptime, 6),
            "curtailment_credits_usd": round(self.curtailment_credits_usd, 2),
            "demand_response_credits_usd": round(self.demand_response_credits_usd, 2),
            "power_cost_usd": round(self.power_cost_usd, 2),
            "drawn_mwh": round(self.drawn_mwh, 2),
            "net_power_usd_per_mwh": None if isinstance(net, Missing) else round(net, 4),
            **missing,
        }


def power_months(done: Backtest, policy: str = "ours") -> list[PowerMonth]:
    """Uptime, credits and power cost of every month of a backtest; months are of market local time."""
    books = done.books[policy]
    return [_month(str(month), books, done.in_month(month)) for month in done.months]


def _month(name: str, books: Books, inside: Bools) -> PowerMonth:
    total = {component: float(usd[inside].sum()) for component, usd in books.usd.items()}
    return PowerMonth(
        month=name,
        uptime=1 - float(books.off_share[inside].mean()),
        curtailment_credits_usd=total["resale"],
        demand_response_credits_usd=total["reserves"] + total["credits"],
        power_cost_usd=-total["power"] - total["tariffs"],
        drawn_mwh=float(books.drawn_mw[inside].sum()),
    )
