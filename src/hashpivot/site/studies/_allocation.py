"""How many megawatts to keep mining, to convert to AI, or to leave flexible.

A megawatt that mines is worth what the best operation earns over a sample of past hours, at a scenario's
hashprice; one that is converted earns nothing until it is energised, then its rent or GPU hours. Both are
discounted over the same years, the investment paid at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from hashpivot.core import Missing, Tabular, not_applicable

from ..economics import HourlyEconomics, at_site, peak_hours, settle_pnl
from ..model import Floats, InvalidSite, Site
from ..prices import PriceHistory
from ..solvers import perfect_foresight

_HOURS_PER_YEAR = 8760
_LADDER_USD_PER_PH_DAY = np.concatenate([[0.0], np.geomspace(5.0, 640.0, 22)])
"""Hashprices the margin is computed at; between them it is interpolated."""
_FLIP_ROUNDS = 60  # halvings of the search interval: to the last digit of a float


@dataclass(frozen=True, slots=True)
class Split:
    """One way to split the site.

    Args:
        ai_mw: Converted to AI.
        mining_mw: Kept mining.
        flexible_mw: Kept free to follow the grid's prices, whatever else pays; part of `mining_mw`.
        npv_usd: Net present value in each scenario of hashprice.
        expected_usd: Its probability-weighted mean.
        worst_usd: Its lowest.
    """

    ai_mw: float
    mining_mw: float
    flexible_mw: float
    npv_usd: tuple[float, ...]
    expected_usd: float
    worst_usd: float


class Allocation(Tabular):
    """The frontier of a site's conversion.

    Args:
        site: A site with machines and a `[conversion]`.
        prices: Hours of prices that stand for the years to come.

    Raises:
        InvalidSite: If the site has no machines or no conversion terms, or these do not fit it.
    """

    def __init__(self, site: Site, prices: PriceHistory) -> None:
        if site.conversion is None or not site.machines:
            raise InvalidSite(
                "allocate needs [[machines]] and [conversion]",
                where=site.name,
                hint="hashpivot site allocate mine_weighing_ai shows a file with both",
            )
        if site.conversion.max_mw + site.conversion.flexible_mw > site.limit_mw:
            raise InvalidSite("[conversion] max_mw and flexible_mw together exceed limit_mw", where=site.name)
        self.site, self.prices, self.terms = site, prices, site.conversion

    def __repr__(self) -> str:
        return f"Allocation({self.site.name}, {self.terms.kind}, {len(self._steps())} splits)"

    def records(self) -> list[dict[str, Any]]:
        """Return one row a split, with its value in each scenario of hashprice."""
        scenarios = [f"npv_at_{h:g}_usd" for h in self.terms.hashprices_usd_per_ph_day]
        return [_row(split, scenarios) for split in self.splits()]

    @cached_property
    def margin_usd_per_mwh(self) -> Floats:
        """What an hour of a mining MW earns after power at each hashprice of a ladder, shape (N,)."""
        flat = np.ones(self.prices.hours)
        return np.array([self._margin(self._hours.with_hashprice(h * flat)) for h in _LADDER_USD_PER_PH_DAY])

    def _margin(self, hours: HourlyEconomics) -> float:
        """Return the profit of the machines over being off, for each MWh of their normal power."""
        operation, _ = perfect_foresight(hours)
        still = replace(operation, modes=0 * operation.modes, committed_mw=0 * operation.committed_mw)
        running, idle = settle_pnl(hours, operation), settle_pnl(hours, still)
        gained = running.profit_usd.sum() - idle.profit_usd.sum() + idle.usd["wear"].sum()
        return float(gained) / (self.site.normal_mw * self.prices.hours * self.prices.interval_hours)

    def mining_npv_usd_per_mw(self, hashprice_usd_per_ph_day: float) -> float:
        """Return what a MW that mines while it pays is worth, at a hashprice in the first year."""
        path = self._path(hashprice_usd_per_ph_day)
        return self._mining_value(np.interp(path, _LADDER_USD_PER_PH_DAY, self.margin_usd_per_mwh))

    def always_on_npv_usd_per_mw(self, hashprice_usd_per_ph_day: float) -> float:
        """Return what it is worth if it never stops; the difference is the value of flexibility."""
        hours = self._hours
        mwh = self.site.normal_mw * self.prices.hours * self.prices.interval_hours
        per_hashprice = hours.normal_mining_usd.sum() / mwh
        return self._mining_value(
            self._path(hashprice_usd_per_ph_day) * per_hashprice - self.power_usd_per_mwh
        )

    def _mining_value(self, margin_usd_per_mwh: Floats) -> float:
        years = np.arange(self.terms.horizon_years, dtype=np.float64) + 0.5
        yearly = margin_usd_per_mwh * _HOURS_PER_YEAR - self.terms.machines_usd_per_mw_year
        return float((yearly * self._discount(years)).sum())

    def _path(self, hashprice_usd_per_ph_day: float) -> Floats:
        growth = 1 + self.terms.hashprice_growth
        return np.asarray(hashprice_usd_per_ph_day * growth ** np.arange(self.terms.horizon_years))

    @cached_property
    def ai_npv_usd_per_mw(self) -> float:
        """What a MW converted to AI is worth, investment paid."""
        terms = self.terms
        power = 0.0 if terms.power_passed_through else self.power_usd_per_mwh
        earned = terms.utilisation * (terms.usd_per_mwh - power)
        years = np.arange(terms.horizon_years, dtype=np.float64)
        share = np.clip(years + 1 - terms.months_to_energise / 12, 0.0, 1.0)
        return float(
            (earned * share * _HOURS_PER_YEAR * self._discount(years + 0.5)).sum() - terms.capex_usd_per_mw
        )

    @cached_property
    def power_usd_per_mwh(self) -> float:
        """What power costs a load that never stops, tariffs included."""
        hours = self._hours
        used = hours.used_usd_per_mwh(np.arange(hours.prices.hours), hours.prices.rt)
        cost = used + hours.peak_usd_per_mwh * hours.peak
        return float(cost.mean())

    @cached_property
    def _hours(self) -> HourlyEconomics:
        """The hours at a hashprice of 1 USD per PH/s and day."""
        clock = self.prices.clock(self.site.zoneinfo)
        prices = at_site(self.site, self.prices)
        peaks = peak_hours(self.site, prices, clock)
        return HourlyEconomics(self.site, prices, clock, np.ones(prices.hours), peaks)

    def splits(self) -> list[Split]:
        """Return the frontier: every split from none to all that can be converted, by `step_mw`."""
        return [self.split(float(mw)) for mw in self._steps()]

    def split(self, ai_mw: float) -> Split:
        """Return one split of the site."""
        mining = self.site.limit_mw - self.site.ai_mw - ai_mw
        values = [
            ai_mw * self.ai_npv_usd_per_mw + mining * self.mining_npv_usd_per_mw(h)
            for h in self.terms.hashprices_usd_per_ph_day
        ]
        expected = float(np.dot(values, self.terms.probabilities))
        flexible = min(self.terms.flexible_mw, mining)
        return Split(ai_mw, mining, flexible, tuple(values), expected, min(values))

    def best(self) -> Split:
        """Return the split worth most, expectation and worst scenario weighed by the site's risk aversion.

        Of equals, the one that converts least.
        """
        aversion = self.site.risk_aversion

        def worth(split: Split) -> tuple[float, float]:
            return (1 - aversion) * split.expected_usd + aversion * split.worst_usd, -split.ai_mw

        return max(self.splits(), key=worth)

    @cached_property
    def flip_usd_per_ph_day(self) -> float | Missing:
        """Hashprice of the first year below which converting a megawatt is worth more than mining with it."""
        low, high = 0.0, float(_LADDER_USD_PER_PH_DAY[-1])
        target = self.ai_npv_usd_per_mw
        if self.mining_npv_usd_per_mw(low) >= target:
            return not_applicable("mining is worth more at any hashprice")
        if self.mining_npv_usd_per_mw(high) <= target:
            return not_applicable(f"AI is worth more up to {high:g} USD per PH/s and day")
        for _ in range(_FLIP_ROUNDS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.mining_npv_usd_per_mw(middle) < target else (low, middle)
        return (low + high) / 2

    def to_dict(self) -> dict[str, object]:
        """Return the frontier with stable keys."""
        flip = self.flip_usd_per_ph_day
        missing = {"flip_missing": flip.reason} if isinstance(flip, Missing) else {}
        return {
            "site": self.site.name,
            "zone": self.prices.zone,
            "prices_from": f"{self.prices.ts_utc[0]}Z",
            "prices_to": f"{self.prices.ts_utc[-1]}Z",
            "kind": self.terms.kind,
            "ai_npv_usd_per_mw": round(self.ai_npv_usd_per_mw, 2),
            "power_usd_per_mwh": round(self.power_usd_per_mwh, 4),
            "scenarios": self._scenarios(),
            "flip_usd_per_ph_day": None if isinstance(flip, Missing) else round(flip, 4),
            **missing,
            "frontier": [_plain(split) for split in self.splits()],
            "best": _plain(self.best()),
        }

    def _scenarios(self) -> Sequence[dict[str, float]]:
        pairs = zip(self.terms.hashprices_usd_per_ph_day, self.terms.probabilities, strict=True)
        return [
            {
                "hashprice_usd_per_ph_day": hashprice,
                "probability": weight,
                "mining_npv_usd_per_mw": round(self.mining_npv_usd_per_mw(hashprice), 2),
                "always_on_npv_usd_per_mw": round(self.always_on_npv_usd_per_mw(hashprice), 2),
            }
            for hashprice, weight in pairs
        ]

    def _steps(self) -> Floats:
        room = self.site.limit_mw - self.site.ai_mw - self.terms.flexible_mw
        most = min(self.terms.max_mw, room)
        return np.unique(np.append(np.arange(0.0, most, self.terms.step_mw), most))

    def _discount(self, years: Floats) -> Floats:
        return np.asarray((1 + self.terms.discount_rate) ** -years, dtype=np.float64)


def _row(split: Split, scenarios: Sequence[str]) -> dict[str, Any]:
    parts = {"ai_mw": split.ai_mw, "mining_mw": split.mining_mw, "flexible_mw": split.flexible_mw}
    worth = {"expected_usd": split.expected_usd, "worst_usd": split.worst_usd}
    return parts | worth | dict(zip(scenarios, split.npv_usd, strict=True))


def _plain(split: Split) -> dict[str, object]:
    return {
        "ai_mw": split.ai_mw,
        "mining_mw": round(split.mining_mw, 6),
        "flexible_mw": split.flexible_mw,
        "npv_usd": [round(value, 2) for value in split.npv_usd],
        "expected_usd": round(split.expected_usd, 2),
        "worst_usd": round(split.worst_usd, 2),
    }
