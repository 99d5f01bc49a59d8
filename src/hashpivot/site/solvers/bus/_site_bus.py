"""The site's own bus: what machines share with a battery, solar power and AI load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ...economics import GridStep, HourlyEconomics, PlantSchedule, SupplyCurve, in_modes, supply_curve
from ...model import Battery, Bools, Floats, Unsolvable
from ._storage import StorageOffers, StoragePath, best_storage, offers_at, offers_on, stepwise_storage

_HALVINGS = 40  # of a price's interval: to a millionth of a cent


@dataclass(frozen=True, eq=False)
class SiteBus:
    """What stands on a site's bus beside machines. T intervals.

    Args:
        curve: What energy costs there.
        load_mwh: Energy of AI load, shape (T,).
        battery: The battery, if there is one.
        interval_hours: Length of an interval.
        other_interruptions_usd: What other interruptions of AI load would bring at a price of energy, shape
            (T,), more than those chosen; None if nothing can be interrupted.
    """

    curve: SupplyCurve
    load_mwh: Floats
    battery: Battery | None
    interval_hours: float
    other_interruptions_usd: Callable[[Floats], float] | None = None

    def storage(self, machines_mwh: Floats) -> StoragePath:
        """Return the best schedule of the battery beside machines that use energy of shape (T,).

        Raises:
            Unsolvable: If the energy cannot be supplied.
        """
        if self.battery is None:
            return self._at_rest(machines_mwh)
        return best_storage(self._offers(machines_mwh, self.battery), self.battery)

    def stepwise(self, machines_mwh: Floats, stored_usd: Floats) -> StoragePath:
        """Return the battery's schedule one interval after the other, by what energy is worth after each.

        Args:
            machines_mwh: Energy machines use, shape (T,).
            stored_usd: Worth of evenly spread states of charge after each interval, shape (T, J).

        Raises:
            Unsolvable: If the energy cannot be supplied.
        """
        if self.battery is None:
            return self._at_rest(machines_mwh)
        return stepwise_storage(self._offers(machines_mwh, self.battery), self.battery, stored_usd)

    def schedule(self, machines_mwh: Floats, path: StoragePath, solar_mw: Floats) -> PlantSchedule:
        """Return what battery and panels do, in megawatts, beside machines that use energy of shape (T,)."""
        length = self.interval_hours
        taken = self.curve.solar_mwh(self.load_mwh + machines_mwh + path.taken_mwh) / length
        curtailed = np.maximum(solar_mw - taken, 0.0)
        return PlantSchedule(path.charged_mwh / length, path.discharged_mwh / length, curtailed)

    def grid_mw(self, machines_mwh: Floats, taken_mwh: Floats | float = 0.0) -> Floats:
        """Return power drawn from the grid beside machines and a battery that use energy of shape (T,)."""
        used = self.load_mwh + machines_mwh + taken_mwh
        return np.maximum(used - self.curve.solar_mwh(used), 0.0) / self.interval_hours

    def _offers(self, machines_mwh: Floats, battery: Battery) -> StorageOffers:
        return offers_on(self.curve, self.load_mwh + machines_mwh, battery, self.interval_hours)

    def _at_rest(self, machines_mwh: Floats) -> StoragePath:
        if not self.curve.fits(self.load_mwh + machines_mwh).all():
            raise Unsolvable("the site's load exceeds limit_mw", hint="raise limit_mw")
        return StoragePath(*np.zeros((3, len(machines_mwh))))

    def storage_usd(self, price: Floats) -> float:
        """Return the most the battery earns at a price of energy, shape (T,)."""
        if self.battery is None:
            return 0.0
        path = best_storage(offers_at(price, self.battery, self.interval_hours), self.battery)
        return float(-(price * path.taken_mwh).sum() - self.wear_usd(path))

    def wear_usd(self, path: StoragePath) -> float:
        """Return what a schedule of the battery wears off it."""
        rate = self.battery.cycle_cost_usd_per_mwh if self.battery else 0.0
        return rate * float(path.discharged_mwh.sum())

    def surplus_usd(self, price: Floats) -> float:
        """Return the most that supply and AI load earn at a price of energy on the bus."""
        more = self.other_interruptions_usd(price) if self.other_interruptions_usd else 0.0
        return float((self.curve.best_surplus_usd(price) - price * self.load_mwh).sum()) + more

    def clearing_price(self, gain_usd: Floats, power_mwh: Floats, battery_mwh: Floats) -> Floats:
        """Return the price at which each interval by itself would clear, by halving, shape (T,).

        Args:
            gain_usd: What each mode earns, energy not paid, shape (T, G, M).
            power_mwh: Energy each mode uses, shape (G, M).
            battery_mwh: Energy the battery takes, shape (T,).
        """
        cost = self.curve.usd_per_mwh
        dearest = np.where(np.isfinite(gain_usd), gain_usd, 0.0)[:, :, 1:] / np.maximum(
            power_mwh[:, 1:], 1e-9
        )
        low = cost.min(axis=1) - 1.0
        high = np.maximum(cost.max(axis=1), dearest.max(axis=(1, 2), initial=0.0)) + 1.0
        for _ in range(_HALVINGS):
            price = (low + high) / 2
            modes = (gain_usd - price[:, None, None] * power_mwh).argmax(axis=2)
            used = in_modes(power_mwh, modes).sum(axis=1)
            offered = np.where(cost <= price[:, None], self.curve.width_mwh, 0.0).sum(axis=1)
            enough = self.curve.first_mwh + offered >= self.load_mwh + used + battery_mwh - 1e-9
            low, high = np.where(enough, low, price), np.where(enough, price, high)
        return high

    def supporting_price(self, price: Floats, machines_mwh: Floats, path: StoragePath) -> Floats:
        """Return the price nearest to one given at which supply and battery would do what they do, (T,).

        Args:
            price: A price of energy, shape (T,).
            machines_mwh: Energy machines use, shape (T,).
            path: The battery's schedule.
        """
        below, above = self.curve.marginal_usd_per_mwh(self.load_mwh + machines_mwh + path.taken_mwh)
        if self.battery is not None:
            low, high = path.supporting_prices(self.battery, self.interval_hours)
            price = np.clip(price, low, high)
        return np.clip(price, below, above)

    def part(self, hours: slice) -> SiteBus:
        """The bus over some of the intervals."""
        return SiteBus(self.curve.part(hours), self.load_mwh[hours], self.battery, self.interval_hours)


def site_bus(
    hours: HourlyEconomics,
    price: Floats,
    peak: Floats | Bools,
    interrupted: Bools,
    steps: Sequence[GridStep] = (),
) -> SiteBus:
    """Return a site's bus beside its machines.

    Args:
        hours: The site's hours, T of them.
        price: Real-time price as known or expected, shape (T,).
        peak: Whether each hour sets the month's peak, or the probability of it, shape (T,).
        interrupted: AI load that is interrupted, shape (T, L); its room under the limit is kept.
        steps: Powers beyond which grid power costs more.
    """
    site, length = hours.site, hours.interval_hours
    load = np.zeros(len(price))
    for number, ai in enumerate(site.ai):
        load += ai.drawn_mw(interrupted[:, number])
    curve = supply_curve(hours, price, peak, hours.solar_mw, site.ai_mw - load, steps)
    flexible = any(ai.flexible_mw for ai in site.ai)
    others = partial(_other_interruptions_usd, hours, interrupted) if flexible else None
    return SiteBus(curve, load * length, site.battery, length, others)


def _other_interruptions_usd(hours: HourlyEconomics, interrupted: Bools, price: Floats) -> float:
    total = 0.0
    for number, ai in enumerate(hours.site.ai):
        best, chosen = (
            (ai.income_usd(off, hours.clock) - price * ai.drawn_mw(off)).sum()
            for off in (ai.best_interruptions(price, hours.clock), interrupted[:, number])
        )
        total += float(best - chosen) * hours.interval_hours
    return total
