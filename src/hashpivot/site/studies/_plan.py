"""The next hours: what each group does, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np

from hashpivot.core import Tabular

from ..economics import CalledPower, PlantSchedule
from ..information import BasisForecaster, Forecaster, Hashprices, InformationSet, Knowledge, information_set
from ..model import Beginning, Bools, Floats, Site, Whole
from ..policies import Decisions, GridCaps, RollingDispatch, SolvedLattice
from ..prices import PriceHistory
from ..solvers import power_cost
from ._lazy_rows import LazyRows
from ._plan_reasons import ai_reason, battery_reason, call_reasons, group_reason, rows_by_group
from ._price_forecast import PriceForecast

_RESTS_MW = 1e-6  # below a watt: rounding
_WHOLE = 1e-9  # of a group: rounding
_HEAD = (
    "ts_utc", "local", "da_usd_per_mwh", "expected_usd_per_mwh", "p10_usd_per_mwh", "p90_usd_per_mwh",
    "peak_probability",
)  # fmt: skip
_INNER = ("name", "mode", "power_mw", "reserve_mw", "reason")


@dataclass(frozen=True, eq=False)
class Plan(Tabular):
    """A schedule of T hours. G groups, L AI loads.

    Args:
        forecast: Prices of the hours planned.
        modes: Mode of each group, shape (T, G): 0 is off, n the nth of its `modes`.
        interrupted: AI load interrupted, shape (T, L).
        committed_mw: Reserve sold of each group, shape (T, G).
        reasons: Why, by hour and group.
        ai_reasons: Why, by hour and AI load.
        assumed: What had to be assumed of where the site stands, in words.
        plant: What battery and solar panels do; None where there are none.
        stored_mwh: Energy in the battery after each hour, shape (T,); None without one.
        plant_reasons: Why, by hour; none without a battery.
        off_share: Share of each group that is off as its reserve is called, shape (T, G); a group that is
            off as a whole has no mode. None where nothing is called.
    """

    forecast: PriceForecast
    modes: Whole
    interrupted: Bools
    committed_mw: Floats
    reasons: Sequence[Sequence[str]]
    ai_reasons: Sequence[Sequence[str]]
    assumed: tuple[str, ...] = ()
    plant: PlantSchedule | None = None
    stored_mwh: Floats | None = None
    plant_reasons: Sequence[str] = ()
    off_share: Floats | None = None

    @property
    def notes(self) -> list[str]:
        """What is switched off, stood in for or assumed, in words."""
        return [*self.assumed, *self.forecast.hours.notes]

    def __repr__(self) -> str:
        hours = self.forecast.hours
        first = hours.clock.local[0]
        return f"Plan({hours.site.name}, {hours.prices.hours} hours from {first}, market local time)"

    def records(self) -> list[dict[str, Any]]:
        """Return one row an hour and group or AI load."""
        return [row for t in range(len(self.modes)) for row in hour_rows(self.hour(t))]

    def to_dict(self) -> dict[str, object]:
        """Return the schedule with stable keys."""
        hours = self.forecast.hours
        return {
            "site": hours.site.name,
            "zone": hours.prices.zone,
            "at_utc": f"{hours.prices.ts_utc[0]}Z",
            "hours": [self.hour(t) for t in range(hours.prices.hours)],
            "notes": self.notes,
        }

    def hour(self, t: int) -> dict[str, Any]:
        """Return hour number `t`: its prices, and what each group and AI load does."""
        return {
            **self.forecast.hour(t),
            "groups": self._groups(t),
            "ai": self._ai(t),
            **self._behind_the_meter(t),
        }

    @cached_property
    def power_mw(self) -> Floats:
        """What each group draws, less what is called, shape (T, G)."""
        power = self.forecast.hours.drawn_mw(self.modes)
        return power if self.off_share is None else power * (1 - self.off_share)

    def _groups(self, t: int) -> list[dict[str, Any]]:
        hours, power = self.forecast.hours, self.power_mw[t]
        rows = [
            {
                "name": group.name,
                "mode": group.modes[mode - 1].name if mode else "off",
                "power_mw": round(float(power[g]), 4),
                "breakeven_usd_per_mwh": round(float(hours.breakeven_usd_per_mwh[t, g]), 2),
                "reserve_mw": round(float(self.committed_mw[t, g]), 4),
                "reason": self.reasons[t][g],
            }
            for g, (group, mode) in enumerate(zip(hours.site.machines, self.modes[t], strict=True))
        ]
        return rows_by_group(hours.site.machines, rows)

    def _ai(self, t: int) -> list[dict[str, Any]]:
        return [
            {"name": load.name, "interrupted": bool(self.interrupted[t, n]), "reason": self.ai_reasons[t][n]}
            for n, load in enumerate(self.forecast.hours.site.ai)
        ]

    def _behind_the_meter(self, t: int) -> dict[str, Any]:
        """Return what battery and panels do; nothing where the site has none."""
        plant, site, parts = self.plant, self.forecast.hours.site, {}
        if plant is None:
            return {}
        if self.stored_mwh is not None:
            power = float(plant.battery_mw[t])
            parts["battery"] = {
                "mode": "charge" if power > _RESTS_MW else "discharge" if power < -_RESTS_MW else "rest",
                "power_mw": round(power, 4),
                "stored_mwh": round(float(self.stored_mwh[t]), 4),
                "reason": self.plant_reasons[t],
            }
        if site.solar is not None:
            expected = float(self.forecast.hours.solar_mw[t])
            curtailed = round(float(plant.curtailed_mw[t]), 4)
            parts["solar"] = {"power_mw": round(expected, 4), "curtailed_mw": curtailed}
        return parts


def hour_rows(hour: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one row for each group, AI load, battery and panels of an hour as `Plan.hour` gives it."""
    head = {name: hour[name] for name in _HEAD}
    rows = [head | {name: group[name] for name in _INNER} for group in hour["groups"]]
    for load in hour["ai"]:
        mode = "interrupted" if load["interrupted"] else "serves"
        cells = (load["name"], mode, None, None, load["reason"])
        rows.append(head | dict(zip(_INNER, cells, strict=True)))
    for name, part in ((name, hour[name]) for name in ("battery", "solar") if name in hour):
        mode, reason = part.get("mode", "gives"), part.get("reason", "as in the days before")
        rows.append(head | dict(zip(_INNER, (name, mode, part["power_mw"], None, reason), strict=True)))
    return rows


def plan(
    site: Site,
    prices: PriceHistory,
    at: datetime | None = None,
    hours: int = 34,
    *,
    network: Hashprices,
    make_forecaster: Callable[[], Forecaster] = BasisForecaster,
    begins: Beginning | None = None,
) -> Plan:
    """Schedule the next hours.

    Args:
        site: The site.
        prices: Prices with at least 61 days before `at`. Real-time prices from `at` on are not looked at.
        at: First hour planned, market local time; by default the first without a real-time price, or 14:00
            on the last day but one.
        hours: Hours to plan, 1 to 48; fewer where the prices end.
        network: The bitcoin network's history, for the hashprice.
        make_forecaster: Makes the forecaster.
        begins: Where the site stands as the first hour begins; by default in normal mode, free to stop, no
            hour off or interruption used.

    Raises:
        InvalidInput: If `hours` is out of range.
        InvalidPrices: If the prices do not hold the hour, or too little before it.
        Unsolvable: If the site's limit cannot be kept.
    """
    known = information_set(site, prices, at, hours, network, make_forecaster)
    rolling = RollingDispatch(known.knowledge, known.schedule, known.now, known.end, "lagged", begins)
    decided = _decided(rolling, rolling.solve_lattice(known.lattice, known.learned), known)
    modes, off = rolling.run(decided), rolling.interrupted(decided.price)
    forecast = PriceForecast.of(known)
    plant = rolling.plant(decided, modes, off)
    made = _obeying_calls(
        Plan(
            forecast,
            modes,
            off,
            rolling.committed,
            _reasons(forecast.knowledge, decided.price, modes),
            _ai_reasons(forecast.knowledge, decided.price, off),
            plant=plant,
        )
    )
    if plant is None or site.battery is None:
        return made
    battery = site.battery.holding(None if begins is None else begins.stored_mwh)
    stored = plant.stored_mwh(battery, forecast.hours.interval_hours)
    told = [
        battery_reason(float(mw), float(usd)) for mw, usd in zip(plant.battery_mw, decided.price, strict=True)
    ]
    return replace(made, stored_mwh=stored, plant_reasons=told)


def _obeying_calls(made: Plan) -> Plan:
    """Return a plan with what is called of its reserve off."""
    hours = made.forecast.hours
    if not hours.called.any():
        return made
    calls = CalledPower.of(hours, made.modes, made.committed_mw)
    reasons = [list(row) for row in made.reasons]
    for t, g in np.argwhere(calls.off_share > 0).tolist():
        reasons[t][g] = call_reasons(hours.site.machines, calls.called_mw[t])[g]
    modes = np.where(calls.off_share > 1 - _WHOLE, 0, made.modes)
    return replace(made, modes=modes, reasons=reasons, off_share=calls.off_share)


def _reasons(knowledge: Knowledge, price: Floats, modes: Whole) -> Sequence[Sequence[str]]:
    hours, groups = modes.shape
    return LazyRows(hours, lambda t: [group_reason(knowledge, price, modes, t, g) for g in range(groups)])


def _ai_reasons(knowledge: Knowledge, price: Floats, off: Bools) -> Sequence[Sequence[str]]:
    cost = power_cost(knowledge.known, price, knowledge.peak_chance)
    loads = knowledge.known.site.ai
    return LazyRows(
        len(cost),
        lambda t: [ai_reason(load, float(cost[t]), bool(off[t, n])) for n, load in enumerate(loads)],
    )


def _decided(rolling: RollingDispatch, solved: SolvedLattice, known: InformationSet) -> Decisions:
    """Return what the hours are decided on: everything in expectation over the ranks of the hour before."""
    rewards = np.einsum("tk,tkgm->tgm", known.chance_before, solved.rewards[0])
    rewards -= rolling.peak_cost(np.arange(known.now, known.end))
    onward = np.einsum("tk,tks->ts", known.chance_before, solved.onward[0])

    def stored(caps: GridCaps | None) -> Floats:
        return np.einsum(
            "tk,tkj->tj", known.chance_before, rolling.stored_values(known.lattice, solved, caps)[0]
        )

    price = np.einsum("tk,tk->t", known.chance_before, solved.prices[0])
    return Decisions(rewards, onward, price, stored)
