"""The next hours: what each group does, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ..information import BasisForecaster, Forecaster, Knowledge, Seen, look_ahead
from ..model import Bools, Floats, Site, Whole
from ..policies import Ahead, Decisions, Rolling
from ..prices import Table
from ..solvers import power_cost
from ._reasons import ai_reason, group_reason


@dataclass(frozen=True, eq=False)
class Plan:
    """A schedule of T hours. G groups, K ranks of price, L AI loads.

    Args:
        view: The hours planned, as known when planning.
        prices: Price at each rank, shape (T, K).
        chance: Probability of each rank, shape (T, K).
        stand_in: Hours whose day-ahead price was not out yet; that of a day before stands in, shape (T,).
        ways: Way each group runs, shape (T, G).
        interrupted: AI load interrupted, shape (T, L).
        committed_mw: Reserve sold of each group, shape (T, G).
        reasons: Why, by hour and group.
        ai_reasons: Why, by hour and AI load.
    """

    view: Knowledge
    prices: Floats
    chance: Floats
    stand_in: Bools
    ways: Whole
    interrupted: Bools
    committed_mw: Floats
    reasons: list[list[str]]
    ai_reasons: list[list[str]]

    @property
    def expected_usd_per_mwh(self) -> Floats:
        """Expected real-time price, shape (T,)."""
        return np.einsum("tk,tk->t", self.prices, self.chance)

    def to_dict(self) -> dict[str, object]:
        """The schedule with stable keys."""
        hours = self.view.known
        return {
            "site": hours.site.name,
            "zone": hours.table.zone,
            "at_utc": str(hours.table.ts_utc[0]) + ":00Z",
            "hours": [self.hour(t) for t in range(hours.table.hours)],
            "notes": list(hours.notes),
        }

    def hour(self, t: int) -> dict[str, object]:
        """One hour of it."""
        hours = self.view.known
        groups = [
            {
                "name": group.name,
                "mode": group.modes[way - 1].name if way else "off",
                "power_mw": round(float(hours.power_mw[g, way]), 4),
                "breakeven_usd_per_mwh": round(float(hours.breakeven_usd_per_mwh[t, g]), 2),
                "reserve_mw": round(float(self.committed_mw[t, g]), 4),
                "reason": self.reasons[t][g],
            }
            for g, (group, way) in enumerate(zip(hours.site.machines, self.ways[t], strict=True))
        ]
        ai = [
            {"name": load.name, "interrupted": bool(self.interrupted[t, n]), "reason": self.ai_reasons[t][n]}
            for n, load in enumerate(hours.site.ai)
        ]
        return {
            **hour_outlook(self.view, self.prices, self.chance, self.stand_in, t),
            "groups": groups,
            "ai": ai,
        }


def hour_outlook(
    view: Knowledge, prices: Floats, chance: Floats, stand_in: Bools, t: int
) -> dict[str, object]:
    """What is expected of one hour."""
    hours = view.known
    low, middle, high = (price_at(prices[t], chance[t], level) for level in (0.1, 0.5, 0.9))
    return {
        "ts_utc": str(hours.table.ts_utc[t]) + ":00Z",
        "local": str(hours.clock.local[t]) + ":00",
        "da_usd_per_mwh": round(float(hours.table.da[t]), 2),
        "da_stand_in": bool(stand_in[t]),
        "expected_usd_per_mwh": round(float(prices[t] @ chance[t]), 2),
        "p10_usd_per_mwh": round(low, 2),
        "p50_usd_per_mwh": round(middle, 2),
        "p90_usd_per_mwh": round(high, 2),
        "peak_probability": round(float(view.peak_chance[t]), 5),
    }


def price_at(prices: Floats, chance: Floats, level: float) -> float:
    """Price not exceeded with a probability, between the middles of ranks."""
    middle = np.cumsum(chance) - chance / 2
    return float(np.interp(level, middle, prices))


def plan(
    site: Site,
    table: Table,
    at: datetime | None = None,
    hours: int = 34,
    *,
    make_forecaster: Callable[[], Forecaster] = BasisForecaster,
) -> Plan:
    """A schedule for the next hours.

    Args:
        site: The site.
        table: Prices with at least 61 days before `at`. Real-time prices from `at` on are not looked at.
        at: First hour planned, market local time; by default the first without a real-time price, or 14:00 on
            the last day but one.
        hours: Hours to plan, 1 to 48; fewer where the table ends.
        make_forecaster: Makes the forecaster.

    Raises:
        InvalidInput: If `hours` is out of range.
        InvalidPrices: If the table does not hold the hour, or too little before it.
        Unsolvable: If the site's limit cannot be kept.
    """
    seen = look_ahead(site, table, at, hours, make_forecaster)
    view, now, end = seen.view, seen.now, seen.end
    rolling = Rolling(view, seen.outlook, now, end, "lagged")
    committed = rolling.commit(dict.fromkeys(range(now, end), seen.outlook.days.learned(now)))
    decided = _decided(rolling, rolling.ahead(seen.lattice, seen.learned), seen)
    ways, off = rolling.walk(decided), rolling.interrupted(decided.price)
    part = view.part(now, end)
    reasons = [
        [group_reason(part, decided.price, ways, t, g) for g in range(ways.shape[1])]
        for t in range(len(ways))
    ]
    cost = power_cost(part.known, decided.price, part.peak_chance)
    ai_reasons = [
        [ai_reason(load, float(cost[t]), bool(off[t, n])) for n, load in enumerate(site.ai)]
        for t in range(len(ways))
    ]
    return Plan(part, seen.prices, seen.chance, seen.stand_in, ways, off, committed, reasons, ai_reasons)


def _decided(rolling: Rolling, ahead: Ahead, seen: Seen) -> Decisions:
    rewards = np.einsum("tk,tkgm->tgm", seen.before, ahead.rewards[0])
    rewards -= rolling.peak_cost(np.arange(seen.now, seen.end))
    onward = np.einsum("tk,tks->ts", seen.before, ahead.onward[0])
    return Decisions(rewards, onward, np.einsum("tk,tk->t", seen.chance, seen.prices))
