"""The next hours: what each group does, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from hashpivot.core import InvalidInput

from ._arrays import Bools, Floats, Whole
from ._errors import InvalidPrices
from ._forecaster import BasisForecaster, Forecaster
from ._foresight import power_cost
from ._issues import Lattice, Learned, lattice_of
from ._known import Knowledge, knowledge
from ._outlook import ISSUE_HOUR, Outlook
from ._reasons import ai_reason, group_reason
from ._rolling import Ahead, Decisions, Rolling
from ._site import Site
from ._table import Table

LONGEST_HOURS = 48


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


@dataclass(frozen=True, eq=False)
class Seen:
    """What is known before an hour of those from it on. T hours, K ranks.

    Args:
        view: All hours to the last of them, as known.
        outlook: Earlier forecasts.
        lattice: The forecast.
        learned: What it is read with.
        stand_in: Hours whose day-ahead price was not out yet, shape (T,).
        now: Position of the first.
    """

    view: Knowledge
    outlook: Outlook
    lattice: Lattice
    learned: Learned
    stand_in: Bools
    now: int

    @property
    def end(self) -> int:
        """Position after the last."""
        return self.now + len(self.prices)

    @property
    def prices(self) -> Floats:
        """Price at each rank, shape (T, K)."""
        prices: Floats = self.lattice.prices[0]
        return prices

    @cached_property
    def before(self) -> Floats:
        """Probability of each rank in the hour before each, shape (T, K)."""
        chance = np.zeros(self.prices.shape)
        chance[0, self.outlook.now.rank_before(np.array([self.now]))] = 1.0
        for t in range(1, len(chance)):
            chance[t] = chance[t - 1] @ (self.learned.begin if t == 1 else self.learned.follow)
        return chance

    @cached_property
    def chance(self) -> Floats:
        """Probability of each rank, shape (T, K)."""
        last = self.before[-1] @ (self.learned.begin if len(self.before) == 1 else self.learned.follow)
        return np.vstack([self.before[1:], last])


def look_ahead(
    site: Site, table: Table, at: datetime | None, hours: int, make_forecaster: Callable[[], Forecaster]
) -> Seen:
    """All that is known before an hour, and a forecast for those from it on; errors are `plan`'s."""
    if not 1 <= hours <= LONGEST_HOURS:
        raise InvalidInput(f"a plan covers 1 to {LONGEST_HOURS} hours, not {hours}")
    now = _position(site, table, at)
    end = min(now + hours, table.hours)
    known, stand_in = _as_known(site, table, now, end)
    view = knowledge(site, known)
    outlook = Outlook(known, view.real.clock, now, now, make_forecaster)
    learned = outlook.now.learned(now)
    lattice = lattice_of([outlook.issue(now, end)], learned, np.zeros(end - now, int), np.arange(end - now))
    lattice.prices[0, :1] = outlook.now.moved(np.array([now]), lattice.prices[0, :1], learned)
    return Seen(view, outlook, lattice, learned, stand_in, now)


def _position(site: Site, table: Table, at: datetime | None) -> int:
    clock = table.clock(site.zoneinfo)
    if at is None:
        to_come = np.flatnonzero(np.isnan(table.rt))
        if len(to_come):
            return int(to_come[0])
        at = (clock.day[-1] - 1).item()
        return int(np.searchsorted(clock.local, np.datetime64(at) + np.timedelta64(ISSUE_HOUR, "h")))
    position = int(np.searchsorted(clock.local, np.datetime64(at, "h")))
    if position >= table.hours or clock.local[position] - np.datetime64(at, "h") > np.timedelta64(1, "h"):
        raise InvalidPrices(
            f"no hour {at:%Y-%m-%dT%H:00} in the prices",
            where=table.zone,
            hint=f"they run from {clock.local[0]} to {clock.local[-1]}, market local time",
        )
    return position


def _as_known(site: Site, table: Table, now: int, end: int) -> tuple[Table, Bools]:
    """The table to `end` with what is not known at `now` taken out or stood in for by a day before."""
    clock = table.clock(site.zoneinfo)
    last_day = clock.day[now] + (1 if clock.hour[now] >= ISSUE_HOUR else 0)
    unknown = (clock.day > last_day)[:end] & ~np.isnan(table.rt[:end])
    columns = {name: values[:end].copy() for name, values in table.columns.items()}
    for name, values in columns.items():
        if name == "rt_usd_per_mwh":
            values[now:] = np.nan
        elif name == "da_usd_per_mwh" or name.startswith("as_"):
            _stand_in(values, np.flatnonzero(unknown))
        else:
            _stand_in(values, np.arange(now, end))
    return Table(table.ts_utc[:end], columns, table.zone, table.filled[:end]), unknown[now:end]


def _stand_in(values: Floats, hours: Whole) -> None:
    """The value a day before, shifted by how far the last known hour lies from its own day before."""
    shift = values[hours[0] - 1] - values[hours[0] - 25] if len(hours) and hours[0] >= 25 else 0.0
    for t in hours:
        values[t] = values[max(t - 24, 0)] + (shift if t - 24 < hours[0] else 0.0)
