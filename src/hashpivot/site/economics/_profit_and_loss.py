"""What an operation earned and cost, hour by hour, by component. Every policy is settled here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from hashpivot.core import Tabular, optional_library, short_repr

from ..model import Bools, Floats, Times, Whole
from ._bill import bill
from ._hourly import HourlyEconomics, in_modes
from ._plant import PlantSchedule
from ._reserve_calls import CalledPower
from ._reserve_prices import income_usd

if TYPE_CHECKING:
    import pandas as pd

COMPONENTS = ("mining", "ai", "power", "resale", "solar", "battery", "reserves", "tariffs", "credits", "wear")


@short_repr
@dataclass(frozen=True, eq=False)
class Operation:
    """What a site did. T hours, G groups, L AI loads.

    Args:
        modes: Mode of each group, shape (T, G): 0 is off, n the nth of its `modes`.
        interrupted: Flexible AI load that was interrupted, shape (T, L).
        committed_mw: Reserve each group was sold for, shape (T, G).
        optimality_gap: How far its profit may lie below the best possible, relative; None if not proven.
        plant: What the battery and solar panels do; None for a battery at rest.
    """

    modes: Whole
    interrupted: Bools
    committed_mw: Floats
    optimality_gap: float | None = None
    plant: PlantSchedule | None = None


@dataclass(frozen=True, eq=False)
class ProfitAndLoss(Tabular):
    """Dollars by component and hour.

    Args:
        ts_utc: Beginnings of the hours, shape (T,).
        usd: Shape (T,) for each of `COMPONENTS`; costs are negative.
        drawn_mw: What the site drew from the grid; negative where it sent power out, shape (T,).
        machines_mw: What the machines drew, shape (T,).
        starts: Starts of groups in each hour, shape (T,).
        off_share: Share of the machines' normal power that was off, shape (T,).
        interval_hours: Length of an interval: powers times it are MWh.
        called_mw: Reserve that was called and off, shape (T,).
    """

    ts_utc: Times
    usd: dict[str, Floats]
    drawn_mw: Floats
    machines_mw: Floats
    starts: Whole
    off_share: Floats
    interval_hours: float = 1.0
    called_mw: Floats = field(default_factory=lambda: np.zeros(0))

    def __repr__(self) -> str:
        total, hours = float(self.profit_usd.sum()), len(self.ts_utc) * self.interval_hours
        return f"ProfitAndLoss({hours:,.0f} hours from {self.ts_utc[0]} UTC, {total:,.0f} USD)"

    @cached_property
    def profit_usd(self) -> Floats:
        """Sum of all components, shape (T,)."""
        return np.sum(list(self.usd.values()), axis=0)

    def records(self) -> list[dict[str, Any]]:
        """Return one row an hour: dollars by component, profit, power drawn, starts, share off."""
        hours = [f"{hour}Z" for hour in self.ts_utc]
        cells = zip(hours, *(values.tolist() for values in self._columns.values()), strict=True)
        return [dict(zip(("ts_utc", *self._columns), row, strict=True)) for row in cells]

    def to_frame(self) -> pd.DataFrame:
        """Return the rows of `records` as a pandas frame, indexed by time.

        Raises:
            MissingLibrary: If pandas is not installed (extra `frames`).
        """
        pandas = optional_library("pandas", "to_frame", "frames")
        index = pandas.DatetimeIndex(self.ts_utc.astype("datetime64[s]"), tz="UTC", name="ts_utc")
        return pandas.DataFrame(self._columns, index=index)

    @property
    def _columns(self) -> dict[str, Floats | Whole]:
        columns: dict[str, Floats | Whole] = {f"{name}_usd": usd for name, usd in self.usd.items()}
        columns |= {"profit_usd": self.profit_usd, "drawn_mw": self.drawn_mw}
        return columns | {"starts": self.starts, "off_share": self.off_share}


def settle_pnl(hours: HourlyEconomics, operation: Operation) -> ProfitAndLoss:
    """Return what an operation comes to at the hours' actual prices, hashprice and peaks.

    Contracts, tariffs, loads and credits speak dollars an hour; each interval is paid its share of one.
    """
    site, modes, share = hours.site, operation.modes, hours.interval_hours
    on, calls = modes > 0, CalledPower.of(hours, modes, operation.committed_mw)
    started, stopped = calls.switched(on)
    running = on * (1 - calls.off_share)
    machines_mw = (hours.drawn_mw(modes) * running).sum(axis=1)
    used = machines_mw + _ai_mw(hours, operation)
    plant = operation.plant or PlantSchedule.at_rest(used, hours.solar_mw, site.export_mw)
    after_solar = used - (hours.solar_mw - plant.curtailed_mw)
    drawn = after_solar + plant.battery_mw
    stages = (used, after_solar, drawn) if site.has_plant else (drawn,)
    bills = [bill(site, hours.prices, hours.clock, hours.peaks, mw) for mw in stages]
    without, with_solar, charges = bills if site.has_plant else bills * 3
    resale = -without.power_usd.get("sold_back", np.zeros(len(drawn)))
    mining = (in_modes(hours.mining_usd, modes) * running).sum(axis=1)
    usd = {
        "mining": mining - (hours.restart_usd * started).sum(axis=1),
        "ai": _ai_usd(hours, operation) * share,
        "power": -without.power_total_usd - resale,
        "resale": resale,
        "solar": without.power_total_usd - with_solar.power_total_usd,
        "battery": with_solar.power_total_usd
        - charges.power_total_usd
        - plant.cycle_usd(site.battery, share),
        "reserves": reserve_income(hours, operation, calls),
        "tariffs": -charges.tariff_total_usd,
        "credits": _credits(hours, modes, calls) * share,
        "wear": -((hours.start_usd - hours.restart_usd) * started + hours.stop_usd * stopped).sum(axis=1),
    }
    normal = max(hours.site.normal_mw, 1e-12)
    off = ((1 - running) * hours.normal_mw).sum(axis=1) / normal
    starts, called = np.ceil(started - 1e-9).astype(np.int64).sum(axis=1), calls.called_mw.sum(axis=1)
    return ProfitAndLoss(hours.prices.ts_utc, usd, drawn, machines_mw, starts, off, share, called)


def reserve_income(hours: HourlyEconomics, operation: Operation, calls: CalledPower) -> Floats:
    """Return what reserve brought, shape (T,).

    Paid where held, also while it is called; forgone and fined where not. Where it is cleared again in real
    time: the day-ahead award, bought back at real-time prices, and all that is held sold at them.
    """
    prices, sold = hours.reserve_prices, operation.committed_mw.sum(axis=1)
    can_hold = hours.held_mw(operation.modes)
    delivered = np.where(prices.cleared[:, None], can_hold, np.minimum(operation.committed_mw, can_hold))
    ready = can_hold - calls.missing_mw
    held = np.minimum(operation.committed_mw, ready).sum(axis=1)
    price = prices.settled.mean_usd_per_mw(sold)
    paid = price * (held - prices.shortfall_multiple * (sold - held))
    resold = income_usd(prices.settled.price_usd_per_mw, prices.cap_mw, ready.sum(axis=1))
    income = np.where(prices.cleared, prices.award_usd(sold) + resold, paid)
    return income - prices.call_usd(delivered.sum(axis=1))


def committed_reserve_usd(hours: HourlyEconomics, committed_mw: Floats, *, expected: bool = False) -> Floats:
    """Return what reserve of each group brings in each of its modes, from (T, G) to (T, G, M).

    Args:
        hours: The hours.
        committed_mw: Reserve sold of each group, shape (T, G).
        expected: Take day-ahead prices as what real-time ones will be, where it is cleared in real time.
    """
    prices = hours.reserve_prices
    price = prices.mean_usd_per_mw(committed_mw.sum(axis=1))[:, None, None]
    sold = committed_mw[:, :, None]
    held = np.minimum(sold, hours.reserve_mw)
    paid = price * (held - prices.shortfall_multiple[:, None, None] * (sold - held))
    if not prices.cleared.any():
        return paid
    stack = prices.ahead if expected else prices.held
    in_all = np.full(len(committed_mw), hours.normal_reserve_mw.sum())
    resold = stack.mean_usd_per_mw(in_all)[:, None, None] * hours.reserve_mw
    return np.where(prices.cleared[:, None, None], resold, paid)


def _ai_usd(hours: HourlyEconomics, operation: Operation) -> Floats:
    usd = np.zeros(hours.prices.hours)
    for load, interrupted in zip(hours.site.ai, operation.interrupted.T, strict=True):
        usd += load.income_usd(interrupted, hours.clock)
    return usd


def _ai_mw(hours: HourlyEconomics, operation: Operation) -> Floats:
    drawn = np.zeros(hours.prices.hours)
    for load, interrupted in zip(hours.site.ai, operation.interrupted.T, strict=True):
        drawn += load.drawn_mw(interrupted)
    return drawn


def _credits(hours: HourlyEconomics, modes: Whole, calls: CalledPower) -> Floats:
    every = np.arange(hours.prices.hours)
    drawn = hours.drawn_mw(modes) * (1 - calls.off_share)
    unused = np.maximum(hours.normal_mw - drawn, 0.0).sum(axis=1)
    total = hours.credit_usd_per_mwh(every, hours.prices.rt) * unused
    for credit in hours.site.credits:
        total = total + credit.capacity_usd(hours.site.normal_mw, hours.clock)
    return total
