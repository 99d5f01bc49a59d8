"""The rule many batteries run by: fill when power is cheap by the week before, empty when it is expensive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ..economics import GridStep, HourlyEconomics, PlantSchedule
from ..model import Beginning, Bools, Floats, Whole
from ..solvers import SiteBus, StoragePath, site_bus
from ._policy import DispatchWindow
from .battery import GridCaps, PastMonth, machines_that_pay_mwh, within_caps

_CHEAP, _EXPENSIVE = 0.25, 0.75  # quartiles: the plainest reading of cheap and expensive; not tuned
_DAYS = 7
_FILL, _REST, _EMPTY = 0.0, 1.0, 10.0  # costs at which a battery whose energy is worth 1 does just that
_KEPT_BELOW = 100.0  # cost of what raises an own peak: the battery empties before it is paid


def battery_rule(
    window: DispatchWindow, modes: Whole, interrupted: Bools, price: Floats
) -> PlantSchedule | None:
    """Return what battery and panels do by the rule; None where there are none.

    The battery fills while the price it sees is in the lowest quarter of the seven days before each 24 hours
    from the start, and empties while it is in the highest. An interval's room under the site's limits bounds
    both. It never raises the site's own peak, and empties above what it is planned to shave it to.

    Args:
        window: The hours.
        modes: Modes of the groups, shape (T, G).
        interrupted: AI load interrupted, shape (T, L).
        price: Real-time price it sees, shape (T,).
    """
    hours = window.known
    if not hours.site.has_plant:
        return None
    used = hours.drawn_mw(modes).sum(axis=1)
    machines = used * hours.interval_hours
    rule = _QuartileRule(hours, machines, interrupted, price, *_quartiles(window, window.first, window.end))
    bus = rule.bus()
    if bus.battery is None:
        return bus.schedule(machines, bus.storage(machines), hours.solar_mw)
    every = window.knowledge.known
    past = partial(_past, window)
    begins = Beginning.usual(hours.machines, len(hours.site.ai))
    caps = GridCaps(every, window.first, bus.grid_mw(machines), begins, past)
    capped, path = within_caps(caps, machines, lambda caps: rule.follow(caps.steps()))
    return capped.schedule(machines, path, hours.solar_mw)


@dataclass(frozen=True, eq=False)
class _QuartileRule:
    """The rule over some hours. T hours.

    Args:
        hours: The hours as known.
        machines_mwh: Energy machines use, shape (T,).
        interrupted: AI load interrupted, shape (T, L).
        price: Real-time price it sees, shape (T,).
        cheap: Price up to which it fills, shape (T,).
        expensive: Price from which it empties, shape (T,).
    """

    hours: HourlyEconomics
    machines_mwh: Floats
    interrupted: Bools
    price: Floats
    cheap: Floats
    expensive: Floats

    def bus(self, steps: Sequence[GridStep] = ()) -> SiteBus:
        """Return the site's bus, by coincident peaks never steered."""
        return site_bus(self.hours, self.price, np.zeros(len(self.price)), self.interrupted, steps)

    def follow(self, steps: Sequence[GridStep]) -> tuple[SiteBus, StoragePath]:
        """Return the bus under steps in the cost of grid power, and what the battery does by the rule."""
        bus, battery = self.bus(steps), self.hours.site.battery
        assert battery is not None
        low, high = self.price <= self.cheap, self.price >= self.expensive
        wish = np.where(low, _FILL, np.where(high, _EMPTY, _REST))
        costs = np.maximum.accumulate(wish[:, None] + _KEPT_BELOW * bus.curve.beyond_steps, axis=1)
        steered = replace(bus.curve, usd_per_mwh=costs)
        free = replace(battery, cycle_cost_usd_per_mwh=0.0)
        worth = np.broadcast_to([battery.min_mwh, battery.max_mwh], (len(self.price), 2))
        return bus, replace(bus, curve=steered, battery=free).stepwise(self.machines_mwh, worth)


def _past(window: DispatchWindow, since: int, known: int, counted: Bools, _at: int) -> PastMonth:
    """Return hours before a month as own peaks are planned by: groups run where they pay."""
    part = window.knowledge.part(since, known).known
    price = part.prices.rt
    off = np.zeros((part.prices.hours, len(part.site.ai)), dtype=bool)
    machines = machines_that_pay_mwh(part, np.tile(part.normal_mw, (part.prices.hours, 1)))
    rule = _QuartileRule(part, machines, off, price, *_quartiles(window, since, known))
    return PastMonth(rule.bus(), machines, counted, lambda steps: rule.follow(steps)[1], raises=False)


def _quartiles(window: DispatchWindow, first: int, end: int) -> tuple[Floats, Floats]:
    """Return the edges of cheap and expensive by the days before each day from `first`, shape (T,)."""
    rt = window.knowledge.known.prices.rt
    day, count = window.known.prices.intervals(24), end - first
    edges = np.empty((2, count))
    for begin in range(0, count, day):
        past = rt[max(0, first + begin - _DAYS * day) : first + begin]
        found = np.quantile(past, (_CHEAP, _EXPENSIVE)) if len(past) else np.array([-np.inf, np.inf])
        edges[:, begin : begin + day] = found[:, None]
    return edges[0], edges[1]
