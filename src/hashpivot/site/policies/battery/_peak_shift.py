"""How much of the site's own peak a battery is to shave in a month, or may add, by the month before.

Each shift is tried on the hours of the month before: what the battery would have earned under it, less what
the peaks it leaves would be billed. The month takes the best one; none unless another is worth more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ...economics import GridStep, HourlyEconomics
from ...model import Bools, Floats
from ...solvers import SiteBus, StoragePath

_SHARES = (0.0, 1.0, 0.75, 0.5, 0.25, -0.5, -1.0)
"""Shifts tried, as shares of the battery's power; judged: a finer step moves dollars, not decisions."""

_SLACK_MW = 1e-6  # of rounding: a group cut to what the limit leaves fits

Run = Callable[[Sequence[GridStep]], StoragePath]
"""Runs a battery where power from the grid costs more beyond some powers."""


@dataclass(frozen=True, eq=False)
class PastMonth:
    """The hours shifts are tried on. T hours, C charges on own peaks.

    Args:
        bus: The site's bus in them, no own peaks charged.
        machines_mwh: Energy machines use, shape (T,).
        counted: Hours in which demand counts for each charge, shape (C, T).
        run: Runs the battery.
        share: Share of what it earns that is counted on.
        raises: Whether a peak may be raised at all.
    """

    bus: SiteBus
    machines_mwh: Floats
    counted: Bools
    run: Run
    share: float = 1.0
    raises: bool = True

    @property
    def base_mw(self) -> Floats:
        """The highest demand that counts for each charge with the battery at rest, shape (C,)."""
        return self._top(self.bus.grid_mw(self.machines_mwh))

    def shifts_mw(self, rates: Floats, least_mw: Floats, usd_per_mwh: Floats, ratchets: Bools) -> Floats:
        """Return by how much the battery is to keep each charge's peak lower; negative if higher, (C,).

        Args:
            rates: What a MW of each charge's peak costs in the month to come, shape (C,).
            least_mw: What is billed in it at least, shape (C,).
            usd_per_mwh: What a MWh above each charge's peak is taken to cost, shape (C,).
            ratchets: Charges whose peak later months pay for as well: it is never raised, shape (C,).
        """
        battery = self.bus.battery
        shifts = np.zeros(len(rates))
        if battery is None:
            return shifts
        for charge in range(len(rates)):
            shares = [share for share in _SHARES if share >= 0 or (self.raises and not ratchets[charge])]
            only = np.arange(len(rates)) == charge
            trials = [np.where(only, share * battery.power_mw, shifts) for share in shares]
            worth = [self._worth_usd(trial, rates, least_mw, usd_per_mwh) for trial in trials]
            best = int(np.argmax(worth))
            if worth[best] > worth[0] + 1e-6 * abs(worth[0]):
                shifts = trials[best]
        return shifts

    def _worth_usd(self, shifts: Floats, rates: Floats, least_mw: Floats, usd_per_mwh: Floats) -> float:
        caps = np.maximum(self.base_mw - shifts, least_mw)
        steps = [
            GridStep(np.where(counted, cap, np.inf), np.full(len(counted), usd))
            for counted, cap, usd in zip(self.counted, caps, usd_per_mwh, strict=True)
        ]
        path = self.run(steps)
        earned = self._cost_usd(np.zeros(len(self.machines_mwh))) - self._cost_usd(path.taken_mwh)
        earned -= self.bus.wear_usd(path)
        top = self._top(self.bus.grid_mw(self.machines_mwh, path.taken_mwh))
        return earned * (self.share if earned > 0 else 1.0) - float((rates * np.maximum(top, least_mw)).sum())

    def _cost_usd(self, taken_mwh: Floats) -> float:
        used = self.bus.load_mwh + self.machines_mwh + taken_mwh
        return float(self.bus.curve.cost_usd(used).sum())

    def _top(self, grid_mw: Floats) -> Floats:
        return np.where(self.counted, grid_mw, 0.0).max(axis=1)


def machines_that_pay_mwh(hours: HourlyEconomics, running_mw: Floats) -> Floats:
    """Return the energy of groups that run where they pay and the site's limit has room for them, shape (T,).

    Groups take room in the order of their mean breakeven, the highest first.

    Args:
        hours: The hours; real-time prices are taken as they came.
        running_mw: What each group draws if it runs, shape (T, G).
    """
    left = hours.machines_limit_mw.copy()
    pays = hours.breakeven_usd_per_mwh > hours.prices.rt[:, None]
    for group in np.argsort(-hours.breakeven_usd_per_mwh.mean(axis=0), kind="stable"):
        drawn = np.where(pays[:, group], running_mw[:, group], 0.0)
        left -= np.where(drawn <= left + _SLACK_MW, drawn, 0.0)
    energy: Floats = (hours.machines_limit_mw - left) * hours.interval_hours
    return energy
