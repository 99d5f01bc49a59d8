"""What the machines of a site earn in a year at a hashprice, run by what was known in each hour."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from ..economics import Operation, settle_pnl
from ..model import AiLoad, Floats, Site, Whole
from ..policies import DispatchWindow, RollingDispatch, RollingHorizon

HOURS_PER_YEAR = 8760
HIGHEST_USD_PER_PH_DAY = 640.0
"""Highest hashprice machines are run at, and flips are looked for."""
_LADDER_USD_PER_PH_DAY = np.concatenate([[0.0], np.geomspace(5.0, HIGHEST_USD_PER_PH_DAY, 22)])
"""Hashprices machines are run at; between them profit is interpolated, beyond them it goes on straight."""


class MachineMargins:
    """Profit over standing still, of the most efficient machines alone and with ever more of the others.

    The rolling horizon runs all machines of the site together; the profit of some of them is that of their
    part of the operation, a battery and panels beside it run anew.

    Args:
        window: The hours, at any hashprice.
    """

    def __init__(self, window: DispatchWindow) -> None:
        self._window = window
        self._rungs: dict[int, Floats] = {}
        groups = window.actual.site.machines
        normal = [group.modes[group.normal] for group in groups]
        self._best_first: Whole = np.argsort([mode.j_per_th for mode in normal], kind="stable")
        together = np.cumsum([normal[g].power_mw for g in self._best_first])
        limit = window.actual.site.machines_limit_mw
        self._kept = [n for n in range(1, len(groups)) if together[n - 1] < limit] + [len(groups)]
        self.kept_mw: Floats = np.minimum(together, limit)[np.array(self._kept) - 1]
        """Power of the best machines, of these and the next best, and so on, to that of all; shape (K,)."""

    def usd_per_year(self, hashprice_usd_per_ph_day: Floats) -> Floats:
        """Return the profit of a year at each of N hashprices, by what is kept, shape (N, K)."""
        upper = np.searchsorted(_LADDER_USD_PER_PH_DAY, hashprice_usd_per_ph_day)
        upper = np.clip(upper, 1, len(_LADDER_USD_PER_PH_DAY) - 1)
        low, high = _LADDER_USD_PER_PH_DAY[upper - 1], _LADDER_USD_PER_PH_DAY[upper]
        share = ((hashprice_usd_per_ph_day - low) / (high - low))[:, None]
        below = np.array([self._rung(n - 1) for n in upper.tolist()])
        above = np.array([self._rung(n) for n in upper.tolist()])
        return below + share * (above - below)

    def _rung(self, n: int) -> Floats:
        """Return the profit of a year at a hashprice of the ladder, shape (K,)."""
        if n not in self._rungs:
            knowledge = self._window.knowledge.with_hashprice(float(_LADDER_USD_PER_PH_DAY[n]))
            self._rungs[n] = self._profits(replace(self._window, knowledge=knowledge))
        return self._rungs[n]

    def _profits(self, window: DispatchWindow) -> Floats:
        hours, rolling = window.actual, RollingHorizon().dispatch(window)
        operation = rolling.operation()
        profits = [self._profit(window, rolling, operation, n) for n in (0, *self._kept)]
        years = hours.prices.hours * hours.prices.interval_hours / HOURS_PER_YEAR
        return (np.array(profits[1:]) - profits[0]) / years

    def _profit(
        self, window: DispatchWindow, rolling: RollingDispatch, operation: Operation, groups: int
    ) -> float:
        """Return the profit of the `groups` best groups alone; what the others would pay to stop is not."""
        others = self._best_first[groups:]
        modes, committed = operation.modes.copy(), operation.committed_mw.copy()
        modes[:, others], committed[:, others] = 0, 0.0
        plant = rolling.plant(rolling.decided, modes, operation.interrupted)
        part = replace(operation, modes=modes, committed_mw=committed, plant=plant)
        stops = float(window.actual.stop_usd[others].sum())
        return float(settle_pnl(window.actual, part).profit_usd.sum()) + stops

    @cached_property
    def always_on_usd_per_mwh(self) -> float:
        """What a MWh of the machines that never stop earns before power, for each USD per PH/s and day."""
        hours = self._window.knowledge.with_hashprice(1.0).part(self._window.first, self._window.end).actual
        mwh = hours.site.normal_mw * hours.prices.hours * hours.prices.interval_hours
        return float(hours.normal_mining_usd.sum()) / mwh

    @cached_property
    def steady_load_usd_per_mwh(self) -> float:
        """What power costs a load that never stops, charges on its demand included.

        Beside a battery or panels: one as large as the machines, over what these earn without it.
        """
        hours = self._window.actual
        site, mwh_per_mw = hours.site, hours.prices.hours * hours.interval_hours
        if site.has_plant:
            mw = float(self.kept_mw[-1])
            loads = ((), (AiLoad("never stops", firm_mw=mw),))
            without, with_load = (
                self._idle_usd(replace(site, machines=(), ai=(*site.ai, *load))) for load in loads
            )
            return (without - with_load) / (mw * mwh_per_mw)
        used = hours.used_usd_per_mwh(np.arange(hours.prices.hours), hours.prices.rt)
        cost = float((used + hours.peak_usd_per_mwh * hours.peak).mean())
        flat = np.ones(hours.prices.hours)
        own = [charge.by_month.usd_per_mw * charge.own_mw(flat) for charge in hours.own_peak_charges]
        return cost + float(sum(usd.sum() for usd in own)) / mwh_per_mw

    def _idle_usd(self, site: Site) -> float:
        """Return the profit of a site without machines over the hours, its battery and panels run."""
        known = self._window.knowledge
        actual, seen = (replace(hours, site=site) for hours in (known.actual, known.known))
        window = replace(self._window, knowledge=replace(known, actual=actual, known=seen))
        return float(settle_pnl(window.actual, RollingHorizon().operate(window)).profit_usd.sum())
