"""Months of a power site in the terms miners report: `site` computes them, nowcast and outlook use them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from ..base import InvalidInput, NoData
from ..figures import Missing, not_applicable
from ..periods import ONE_DAY, Quarter

# Far beyond any site (a gigawatt draws 8.8 million MWh a year): a larger number is a wrong unit.
_MOST_USD, _MOST_MWH = 1e11, 1e9
_MONTHS_A_QUARTER, _LAST_YEAR = 3, 2100


@dataclass(frozen=True, slots=True)
class PowerMonth:
    """One month of a site under one dispatch policy.

    Args:
        month: `2023-08`.
        uptime: Share of the machines' normal megawatt hours that was on.
        curtailment_credits_usd: From power bought ahead and sold back.
        demand_response_credits_usd: Reserve sold and curtailment credits.
        power_cost_usd: All power bought, tariffs included, credits not taken off.
        drawn_mwh: Energy used.
        capacity_mwh: What machines in their normal mode and AI loads would use, never stopped.

    Raises:
        InvalidInput: Naming the key and its range.
    """

    month: str
    uptime: float
    curtailment_credits_usd: float
    demand_response_credits_usd: float
    power_cost_usd: float
    drawn_mwh: float
    capacity_mwh: float

    def __post_init__(self) -> None:
        if not 1 <= self.first_day.year <= _LAST_YEAR:
            raise InvalidInput(f"{self.month!r} lies too far ahead")
        _check(self.month, "uptime", self.uptime, 0.0, 1.0)
        for name in ("drawn_mwh", "capacity_mwh"):
            _check(self.month, name, getattr(self, name), 0.0, _MOST_MWH)
        for name in ("curtailment_credits_usd", "demand_response_credits_usd", "power_cost_usd"):
            _check(self.month, name, getattr(self, name), -_MOST_USD, _MOST_USD)

    @property
    def first_day(self) -> date:
        """First day of the month.

        Raises:
            InvalidInput: If `month` is none.
        """
        try:
            return date.fromisoformat(f"{self.month}-01")
        except ValueError:
            raise InvalidInput(f"{self.month!r} is no month", hint="write 2023-08") from None

    @property
    def last_day(self) -> date:
        """Last day of the month."""
        first = self.first_day
        return date(first.year + first.month // 12, first.month % 12 + 1, 1) - ONE_DAY

    @property
    def credits_usd(self) -> float:
        """Both credits."""
        return self.curtailment_credits_usd + self.demand_response_credits_usd

    @property
    def net_power_usd_per_mwh(self) -> float | Missing:
        """Power cost less credits for each MWh used, what miners call all-in power cost."""
        if self.drawn_mwh <= 0:
            return not_applicable("no power was used")
        return (self.power_cost_usd - self.credits_usd) / self.drawn_mwh

    def to_dict(self) -> dict[str, object]:
        """Return plain values; a cost per MWh that does not apply is null, with the reason beside it."""
        net = self.net_power_usd_per_mwh
        missing = {"net_power_missing": net.reason} if isinstance(net, Missing) else {}
        return {
            "month": self.month,
            "uptime": round(self.uptime, 6),
            "curtailment_credits_usd": round(self.curtailment_credits_usd, 2),
            "demand_response_credits_usd": round(self.demand_response_credits_usd, 2),
            "power_cost_usd": round(self.power_cost_usd, 2),
            "drawn_mwh": round(self.drawn_mwh, 2),
            "capacity_mwh": round(self.capacity_mwh, 2),
            "net_power_usd_per_mwh": None if isinstance(net, Missing) else round(net, 4),
            **missing,
        }


@dataclass(frozen=True, slots=True)
class PowerMean:
    """Averages over several months of a site.

    Args:
        uptime: Mean share of the machines' normal megawatt hours that was on.
        power_usd_per_mwh: Power cost, credits not taken off, for each MWh used.
        credits_usd_per_mwh: Credits for each MWh used.
        credits_usd_per_mw_hour: Credits for each megawatt of capacity and hour, used or not.
    """

    uptime: float
    power_usd_per_mwh: float
    credits_usd_per_mwh: float
    credits_usd_per_mw_hour: float


def power_mean(months: Sequence[PowerMonth]) -> PowerMean:
    """Average at least one month: amounts over energy, uptime weighted by capacity.

    Raises:
        NoData: If no power was used, or there is no capacity.
    """
    capacity = sum(month.capacity_mwh for month in months)
    drawn, credited = sum(m.drawn_mwh for m in months), sum(m.credits_usd for m in months)
    if drawn <= 0 or capacity <= 0:
        raise NoData("no power was used", where=f"{months[0].month} to {months[-1].month}")
    return PowerMean(
        uptime=sum(m.capacity_mwh * m.uptime for m in months) / capacity,
        power_usd_per_mwh=sum(m.power_cost_usd for m in months) / drawn,
        credits_usd_per_mwh=credited / drawn,
        credits_usd_per_mw_hour=credited / capacity,
    )


def whole_quarters(months: Iterable[PowerMonth]) -> dict[Quarter, list[PowerMonth]]:
    """Return the months by calendar quarter, oldest first, for quarters with all three months."""
    by_quarter: dict[Quarter, list[PowerMonth]] = {}
    for month in sorted(months, key=lambda month: month.first_day):
        by_quarter.setdefault(Quarter.containing(month.first_day), []).append(month)
    return {quarter: group for quarter, group in by_quarter.items() if len(group) == _MONTHS_A_QUARTER}


def _check(month: str, name: str, value: float, low: float, high: float) -> None:
    if not isfinite(value) or not low <= value <= high:
        raise InvalidInput(f"{name} = {value!r}", where=month, hint=f"allowed is {low:g} to {high:g}")
