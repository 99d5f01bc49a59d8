"""What each interval offers a site: income of each mode, marginal charges, reserve prices, breakeven."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hashpivot.core import short_repr

from ..model import TEMPERATURE_COLUMN, Bools, Clock, Floats, Machines, Site, Whole
from ..prices import PriceHistory
from ._charges import PeakCharge, adder_usd_per_mwh, peak_charges, price_factor
from ._coincident_peaks import CoincidentPeaks
from ._minimum_demand import parts_mw, smallest_and_largest_mw
from ._own_peak_charges import OwnPeakCharge, own_peak_charges
from ._plant import expected_solar_mw, solar_mw
from ._reserve_prices import ReservePrices, reserve_prices

IMPOSSIBLE = -np.inf


@short_repr
@dataclass(frozen=True, eq=False)
class HourlyEconomics:
    """A site's hours. T hours, G groups of machines, M modes: 0 is off, n the nth of a group's `modes`.

    An hour here is an interval of the prices, which may be shorter: dollars are those of an interval, prices
    those of a MWh, and times of `machines` are counted in intervals.

    Args:
        site: The site.
        prices: Prices of the hours.
        clock: Market local time of the hours.
        hashprice_usd_per_ph_day: Hashprice of each hour, shape (T,).
        peaks: Hours whose load coincident-peak tariffs are charged on.
        notes: What is switched off for want of a column.
    """

    site: Site
    prices: PriceHistory
    clock: Clock
    hashprice_usd_per_ph_day: Floats
    peaks: CoincidentPeaks
    notes: tuple[str, ...] = ()

    @property
    def interval_hours(self) -> float:
        """Length of an interval: megawatts times it are MWh."""
        return self.clock.interval_hours

    @cached_property
    def machines(self) -> tuple[Machines, ...]:
        """The site's groups; their `..._hours` fields count intervals, as `Machines.in_intervals` says."""
        return tuple(group.in_intervals(self.clock.minutes) for group in self.site.machines)

    @cached_property
    def limit_mw(self) -> Floats:
        """Most the site may draw, shape (T,); the least it may in any heat where that is not known."""
        normal = np.full(self.prices.hours, self.site.limit_mw)
        heat = self.site.heat_limit
        return normal if heat is None else heat.limit_mw(self._temperature_c, self.site.limit_mw)

    @cached_property
    def at_expected_temperature(self) -> HourlyEconomics:
        """The same hours at the air temperature two days before: known at the gate and in every forecast.

        The temperature of the first two days is not known.
        """
        if TEMPERATURE_COLUMN not in self.prices.columns:
            return self
        days = self.prices.intervals(48)
        before = np.concatenate([np.full(days, np.nan), self._temperature_c])[: self.prices.hours]
        return replace(
            self, prices=self.prices.with_columns({**self.prices.columns, TEMPERATURE_COLUMN: before})
        )

    @cached_property
    def limit_may_bind(self) -> bool:
        """Whether all machines at full power draw more than the site's lowest limit leaves them."""
        full = self.power_mw.max(axis=1, initial=0.0).sum()
        return bool(full > self.site.lowest_machines_limit_mw)

    @cached_property
    def machines_limit_mw(self) -> Floats:
        """What is left for machines of the most the site may draw, shape (T,)."""
        return self.limit_mw - self.site.ai_mw

    @cached_property
    def power_mw(self) -> Floats:
        """MW of each mode, shape (G, M); modes a group has not are 0 and impossible in `rewards`."""
        return _per_mode(self.site.machines, "power_mw")

    @cached_property
    def possible(self) -> Bools:
        """Which modes each group has, shape (G, M)."""
        modes = np.arange(self.power_mw.shape[1])
        return modes <= np.array([[len(group.modes)] for group in self.site.machines])

    @cached_property
    def normal(self) -> Whole:
        """Which mode is the normal one, shape (G,)."""
        return np.array([group.normal + 1 for group in self.site.machines], dtype=np.int64)

    @cached_property
    def normal_mw(self) -> Floats:
        """MW in normal mode, shape (G,)."""
        return np.take_along_axis(self.power_mw, self.normal[:, None], 1)[:, 0]

    @cached_property
    def unused_mw(self) -> Floats:
        """MW left of the normal power by each mode, shape (G, M)."""
        return np.maximum(self.normal_mw[:, None] - self.power_mw, 0.0)

    @cached_property
    def reserve_mw(self) -> Floats:
        """MW that may be sold as reserve in each mode, shape (G, M)."""
        share = np.array([group.reserve_share for group in self.site.machines])
        return self.power_mw * share[:, None]

    def drawn_mw(self, modes: Whole) -> Floats:
        """Return MW each group draws in modes of shape (T, G), the same shape."""
        return in_modes(self.power_mw, modes)

    def held_mw(self, modes: Whole) -> Floats:
        """Return MW of reserve each group can hold in modes of shape (T, G), the same shape."""
        return in_modes(self.reserve_mw, modes)

    @cached_property
    def normal_reserve_mw(self) -> Floats:
        """MW that may be sold as reserve in normal mode, shape (G,)."""
        return np.take_along_axis(self.reserve_mw, self.normal[:, None], 1)[:, 0]

    @cached_property
    def hashrate_ph(self) -> Floats:
        """PH/s of each mode, shape (G, M)."""
        return _per_mode(self.site.machines, "hashrate_ph")

    @cached_property
    def mining_usd(self) -> Floats:
        """What an interval of each mode earns after the pool's fee, shape (T, G, M)."""
        per_ph = self.hashprice_usd_per_ph_day / 24 * (1 - self.site.pool_fee) * self.interval_hours
        return per_ph[:, None, None] * self._derate[:, :, None] * self.hashrate_ph

    @cached_property
    def normal_mining_usd(self) -> Floats:
        """What an interval of normal mode earns after the pool's fee, shape (T, G)."""
        return np.take_along_axis(self.mining_usd, self.normal[None, :, None], 2)[:, :, 0]

    @cached_property
    def start_usd(self) -> Floats:
        """Cost of a start in each hour, shape (T, G): wear, and hashing lost."""
        wear = np.array([group.start_cost_usd for group in self.site.machines])
        return wear + self.restart_usd

    @cached_property
    def restart_usd(self) -> Floats:
        """Hashing lost by a start in each hour, shape (T, G)."""
        lost = np.array([group.restart_minutes / self.clock.minutes for group in self.site.machines])
        return self.normal_mining_usd * lost

    @cached_property
    def stop_usd(self) -> Floats:
        """Cost of a stop, shape (G,)."""
        return np.array([group.stop_cost_usd for group in self.site.machines], dtype=np.float64)

    @cached_property
    def adder_usd_per_mwh(self) -> Floats:
        """Charges on each MWh used beside its price and the peak, taxes included, shape (T,)."""
        return adder_usd_per_mwh(self.site, self.clock)

    @cached_property
    def price_factor(self) -> Floats:
        """By how much fees and taxes multiply the price of a MWh used, shape (T,)."""
        return price_factor(self.site, self.clock)

    def used_usd_per_mwh(self, hours: Whole, price: Floats) -> Floats:
        """Return what a MWh used costs in hours (by position) at real-time prices, without peaks."""
        paid = self.site.power.paid_usd_per_mwh(price)
        return self.price_factor[hours] * paid + self.adder_usd_per_mwh[hours]

    @cached_property
    def peak_charges(self) -> list[PeakCharge]:
        """What each tariff on coincident peaks charges."""
        return peak_charges(self.site, self.clock)

    @cached_property
    def peak_usd_per_mwh(self) -> Floats:
        """What a MWh used in an hour costs if that hour sets the peaks of all tariffs, shape (T,)."""
        rates = [charge.usd_per_mwh for charge in self.peak_charges]
        return np.sum([np.zeros(self.prices.hours), *rates], axis=0)

    @cached_property
    def peak(self) -> Bools | Floats:
        """Which hours set the peak, or the share of `peak_usd_per_mwh` due if tariffs differ, shape (T,)."""
        if len(self.peaks.by_rule) == 1:
            return next(iter(self.peaks.by_rule.values()))
        due = np.zeros(self.prices.hours)
        for charge in self.peak_charges:
            due += charge.usd_per_mwh * self.peaks.by_rule[charge.rule]
        return due / np.where(self.peak_usd_per_mwh > 0, self.peak_usd_per_mwh, 1.0)

    @cached_property
    def peak_span_hours(self) -> Floats:
        """Hours of what sets a peak, 1 where no tariff is on shorter ones: the mean by rates, shape (T,)."""
        spans = [charge.rule.hours(self.clock) * charge.usd_per_mwh for charge in self.peak_charges]
        total = self.peak_usd_per_mwh
        due = np.sum([np.zeros(self.prices.hours), *spans], axis=0)
        return np.divide(due, total, out=np.ones_like(total), where=total > 0)

    @cached_property
    def own_peak_charges(self) -> list[OwnPeakCharge]:
        """Charges on the site's own peaks that are due in these hours, dearest first."""
        return own_peak_charges(self.site, self.clock)

    @cached_property
    def solar_mw(self) -> Floats:
        """What solar panels can give, shape (T,)."""
        return solar_mw(self.site, self.prices, self.clock)

    @cached_property
    def expected_solar_mw(self) -> Floats:
        """What can be expected of them a day before, shape (T,)."""
        return expected_solar_mw(self.site, self.prices, self.clock, self.interval_hours)

    @cached_property
    def minimum_mw(self) -> Floats:
        """Power a peak is billed for at least by every tariff on it, shape (T,)."""
        return self._minimums_mw[0]

    @cached_property
    def largest_minimum_mw(self) -> Floats:
        """Power a peak is billed for at least by some tariff on it, shape (T,)."""
        return self._minimums_mw[1]

    @property
    def minimums_differ(self) -> bool:
        """Whether tariffs on a peak bill different powers at least."""
        return bool((self.largest_minimum_mw > self.minimum_mw).any())

    @cached_property
    def _minimums_mw(self) -> tuple[Floats, Floats]:
        return smallest_and_largest_mw(self.peak_charges, self.prices.hours)

    @cached_property
    def minimum_left_mw(self) -> Floats:
        """What AI load leaves of it to machines, shape (T,)."""
        return np.maximum(self.minimum_mw - self.site.ai_mw, 0.0)

    @cached_property
    def ai_billed_share(self) -> Floats:
        """Share of the AI load a peak is billed for beyond the minimum, shape (T,)."""
        return 1 - np.minimum(self.minimum_mw / max(self.site.ai_mw, 1e-12), 1.0)

    def billed_mw(self, hours: Whole) -> Floats:
        """What each mode adds to a peak's bill in hours (by position), shape (N, G, M)."""
        if not self.minimum_left_mw.any():
            return np.broadcast_to(self.power_mw, (len(hours), *self.power_mw.shape))
        return np.maximum(self.power_mw - self._minimum_parts_mw[hours][:, :, None], 0.0)

    @cached_property
    def _minimum_parts_mw(self) -> Floats:
        least, most = self.power_mw[:, 1], self.power_mw.max(axis=1)
        return parts_mw(self.minimum_left_mw, self.breakeven_usd_per_mwh, least, most)

    @cached_property
    def breakeven_usd_per_mwh(self) -> Floats:
        """Real-time price at which each group's normal mode earns nothing, shape (T, G)."""
        normal_mwh = self.normal_mw * self.interval_hours
        worth = self.normal_mining_usd / normal_mwh - self.adder_usd_per_mwh[:, None]
        return self.site.power.reached_at(worth / self.price_factor[:, None])

    @cached_property
    def normal_margin_usd_per_mwh(self) -> Floats:
        """What a MWh of each group's normal mode earns at the hours' prices, without peaks, shape (T, G)."""
        used = self.used_usd_per_mwh(np.arange(self.prices.hours), self.prices.rt)
        return self.normal_mining_usd / (self.normal_mw * self.interval_hours) - used[:, None]

    @cached_property
    def reserve_prices(self) -> ReservePrices:
        """What reserve products pay."""
        return reserve_prices(self.site, self.prices, self.clock)

    @cached_property
    def called(self) -> Bools:
        """Where reserve that may be sold is called, shape (T,)."""
        prices = self.reserve_prices
        if prices.calls is None:
            return np.zeros(self.prices.hours, dtype=bool)
        called = (prices.calls.share > 0) & (prices.cap_mw > 0)
        return np.logical_or.reduce(called, axis=0)

    def credit_usd_per_mwh(self, hours: Whole, price: Floats) -> Floats:
        """What a MWh left unused is paid in hours (by position) at real-time prices, same shape as both."""
        total = np.zeros(np.broadcast(hours, price).shape)
        for credit, counts in zip(self.site.credits, self._credit_hours, strict=True):
            total += credit.unused_usd_per_mwh(counts[hours], price)
        return total

    def rewards(self, hours: Whole, price: Floats, peak: Floats | Bools) -> Floats:
        """Dollars each mode earns more than leaving the power unused and uncredited.

        Without reserves, starts and stops.

        Args:
            hours: Positions of hours, shape (N,).
            price: Real-time price in each, shape (N,).
            peak: Probability that each sets the peak, shape (N,).

        Returns:
            Shape (N, G, M); minus infinity where a group has no such mode.
        """
        cost, at_peak = self.used_usd_per_mwh(hours, price), self.peak_usd_per_mwh[hours] * peak
        credit = self.credit_usd_per_mwh(hours, price)
        earned = self.mining_usd[hours] - cost[:, None, None] * (self.power_mw * self.interval_hours)
        earned -= at_peak[:, None, None] * (self.billed_mw(hours) * self.interval_hours)
        if self.site.credits:
            earned += credit[:, None, None] * (self.unused_mw * self.interval_hours)
        earned[:, ~self.possible] = IMPOSSIBLE
        return earned

    def own_solar_usd(self, hours: Whole, price: Floats, peak: Floats | Bools) -> Floats:
        """Return what each mode saves by solar power that AI load leaves, shape (N, G, M); args as `rewards`.

        The worthiest groups come first. What could be sent out instead is worth the real-time price.
        """
        own = np.minimum(self.power_mw, self._solar_parts_mw[hours][:, :, None]) * self.interval_hours
        cost = self.used_usd_per_mwh(hours, price)
        forgone = np.maximum(price, 0.0) * self._sent_out_share[hours]
        saved = np.maximum(cost - forgone, 0.0) + self.peak_usd_per_mwh[hours] * peak
        return saved[:, None, None] * own

    @cached_property
    def _solar_left_mw(self) -> Floats:
        return np.maximum(self.expected_solar_mw - self.site.ai_mw, 0.0)

    @cached_property
    def _solar_parts_mw(self) -> Floats:
        least, most = self.power_mw[:, 1], self.power_mw.max(axis=1)
        return parts_mw(self._solar_left_mw, self.breakeven_usd_per_mwh, least, most)

    @cached_property
    def _sent_out_share(self) -> Floats:
        return np.minimum(self.site.export_mw / np.maximum(self._solar_left_mw, 1e-12), 1.0)

    def with_hashprice(self, hashprice_usd_per_ph_day: Floats) -> HourlyEconomics:
        """The same hours at another hashprice."""
        return replace(self, hashprice_usd_per_ph_day=hashprice_usd_per_ph_day)

    @cached_property
    def _credit_hours(self) -> list[Bools]:
        return [credit.counts(self.clock) for credit in self.site.credits]

    @cached_property
    def _derate(self) -> Floats:
        """Share of its hash rate each group keeps in the heat, shape (T, G)."""
        start, slope = (
            np.array([getattr(group, name) for group in self.site.machines])
            for name in ("derate_from_c", "derate_per_c")
        )
        above = np.nan_to_num(np.maximum(self._temperature_c[:, None] - start, 0.0))
        return np.clip(1 - slope * above, 0.0, 1.0)

    @cached_property
    def _temperature_c(self) -> Floats:
        """Air temperature as each interval begins, NaN where it is not known, shape (T,)."""
        missing = np.full(self.prices.hours, np.nan)
        temperature: Floats = self.prices.columns.get(TEMPERATURE_COLUMN, missing)
        return temperature


def in_modes(by_mode: Floats, modes: Whole) -> Floats:
    """Pick each group's mode, shape (T, G), from a table of shape (G, M) or (T, G, M)."""
    table = by_mode if by_mode.ndim == 3 else by_mode[None]
    return np.take_along_axis(table, modes[:, :, None], 2)[:, :, 0]


def _per_mode(machines: tuple[Machines, ...], name: str) -> Floats:
    """Return an attribute of every group's modes, 0 for off and for modes it has not, shape (G, M)."""
    most = max((len(group.modes) for group in machines), default=0)
    rows = np.zeros((len(machines), most + 1))
    for row, group in zip(rows, machines, strict=True):
        row[1 : len(group.modes) + 1] = [getattr(mode, name) for mode in group.modes]
    return rows
