"""The rule many batteries run by: fill when power is cheap by the week before, empty when it is expensive."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..economics import PlantSchedule
from ..model import Bools, Floats, Whole
from ..solvers import site_bus
from ._policy import DispatchWindow

_CHEAP, _EXPENSIVE = 0.25, 0.75  # quartiles: the plainest reading of cheap and expensive; not tuned
_DAYS = 7
_FILL, _REST, _EMPTY = 0.0, 1.0, 10.0  # costs at which a battery whose energy is worth 1 does just that


def battery_rule(
    window: DispatchWindow, modes: Whole, interrupted: Bools, price: Floats
) -> PlantSchedule | None:
    """Return what battery and panels do by the rule; None where there are none.

    The battery fills while the price it sees is in the lowest quarter of the seven days before each 24 hours
    from the start, and empties while it is in the highest. An interval's room under the site's limits bounds
    both.

    Args:
        window: The hours.
        modes: Modes of the groups, shape (T, G).
        interrupted: AI load interrupted, shape (T, L).
        price: Real-time price it sees, shape (T,).
    """
    hours = window.known
    if not hours.site.has_plant:
        return None
    length = hours.interval_hours
    bus = site_bus(hours, price, np.zeros(len(price)), interrupted)
    used = hours.drawn_mw(modes).sum(axis=1) * length
    if bus.battery is None:
        return bus.schedule(used, bus.storage(used), hours.solar_mw)
    cheap, expensive = _quartiles(window)
    wish = np.where(price <= cheap, _FILL, np.where(price >= expensive, _EMPTY, _REST))
    steered = replace(bus.curve, usd_per_mwh=np.broadcast_to(wish[:, None], bus.curve.usd_per_mwh.shape))
    battery = replace(bus.battery, cycle_cost_usd_per_mwh=0.0)
    worth = np.broadcast_to([battery.min_mwh, battery.max_mwh], (len(price), 2))
    path = replace(bus, curve=steered, battery=battery).stepwise(used, worth)
    return bus.schedule(used, path, hours.solar_mw)


def _quartiles(window: DispatchWindow) -> tuple[Floats, Floats]:
    """Return the edges of cheap and expensive by the days before each day from the start, shape (T,)."""
    rt = window.knowledge.known.prices.rt
    day, count = window.known.prices.intervals(24), window.end - window.first
    edges = np.empty((2, count))
    for begin in range(0, count, day):
        end = window.first + begin
        past = rt[max(0, end - _DAYS * day) : end]
        found = np.quantile(past, (_CHEAP, _EXPENSIVE)) if len(past) else np.array([-np.inf, np.inf])
        edges[:, begin : begin + day] = found[:, None]
    return edges[0], edges[1]
