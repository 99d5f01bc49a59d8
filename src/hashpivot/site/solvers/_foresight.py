"""Perfect foresight: the best anyone could have done, every price known beforehand."""

from __future__ import annotations

import numpy as np

from ..economics import Hours, Operation, best_interruptions, marginal
from ..model import Bools, Floats
from ._coupled import Dispatch, dispatch
from ._coupling import Coupling
from ._dp import Groups


def perfect_foresight(hours: Hours) -> tuple[Operation, Dispatch]:
    """The best operation of a site over its hours, and the proof of how good it is.

    Raises:
        Unsolvable: If no operation keeps all limits.
    """
    every = np.arange(hours.table.hours)
    rewards = hours.rewards(every, hours.table.rt, hours.peak)
    found = _with_minimum(hours, dispatch(groups_of(hours, rewards), coupling_of(hours)))
    held = np.take_along_axis(hours.reserve_mw[None], found.ways[:, :, None], 2)[:, :, 0]
    return Operation(found.ways, interruptions(hours, hours.peak), _within_caps(hours, held)), found


def groups_of(hours: Hours, rewards: Floats) -> Groups:
    """The groups of a site with rewards of shape (T, G, M)."""
    begins = np.zeros(len(rewards), dtype=bool)
    begins[1:] = hours.clock.month[1:] != hours.clock.month[:-1]
    return Groups(hours.site.machines, rewards, hours.start_usd, hours.stop_usd, begins)


def coupling_of(hours: Hours) -> Coupling:
    """The limits a site's groups share."""
    return Coupling(
        hours.power_mw,
        hours.reserve_mw,
        hours.site.machines_limit_mw,
        hours.offers.price_usd_per_mw,
        hours.offers.cap_mw,
    )


def power_cost(hours: Hours, price: Floats, peak: Floats | Bools) -> Floats:
    """What a MWh costs an AI load at real-time prices, shape (T,); a minimum billed anyway is its first."""
    at_peak = hours.peak_usd_per_mwh * hours.ai_billed_share
    return price + hours.adder_usd_per_mwh + at_peak * peak


def _with_minimum(hours: Hours, found: Dispatch) -> Dispatch:
    """An operation at what it truly brings under a minimum billing demand, and what none can exceed.

    A price between 0 and the peak's rate for what is drawn above the minimum makes the groups independent:
    their best operation, and what the minimum is worth at that price, bound every other.
    """
    room, most = hours.minimum_left_mw, hours.power_mw.max(axis=1)
    rate = hours.peak_usd_per_mwh * hours.peak
    if not ((rate > 0) & (room > 0) & (room < most.sum() * (1 - 1e-9))).any():
        return found
    every = np.arange(hours.table.hours)
    ways = found.ways[:, :, None]
    told = np.take_along_axis(hours.billed_mw(every), ways, 2).sum(axis=(1, 2))
    drawn = np.take_along_axis(hours.power_mw[None], ways, 2).sum(axis=(1, 2))
    value = found.value_usd + float((rate * (told - np.maximum(drawn - room, 0.0))).sum())
    worth = hours.breakeven_usd_per_mwh - hours.table.rt[:, None]
    price = np.where(room > 0, np.minimum(marginal(room, worth, most), rate), rate)
    free = hours.rewards(every, hours.table.rt, np.zeros(len(every)))
    priced = groups_of(hours, free - price[:, None, None] * hours.power_mw)
    bound = dispatch(priced, coupling_of(hours)).bound_usd + float((price * room).sum())
    return Dispatch(found.ways, value, max(bound, value), found.method)


def interruptions(hours: Hours, peak: Floats | Bools) -> Bools:
    """The best interruptions of AI load, prices known and peaks known or by their chance, shape (T, L)."""
    cost = power_cost(hours, hours.table.rt, peak)
    off = np.zeros((hours.table.hours, len(hours.site.ai)), dtype=bool)
    for number, load in enumerate(hours.site.ai):
        off[:, number] = best_interruptions(load, cost, hours.clock)
    return off


def _within_caps(hours: Hours, held: Floats) -> Floats:
    """Held reserve cut in proportion to what may be sold in all."""
    total, most = held.sum(axis=1), hours.offers.cap_mw.sum(axis=0)
    return held * np.minimum(1.0, most / np.maximum(total, 1e-12))[:, None]
