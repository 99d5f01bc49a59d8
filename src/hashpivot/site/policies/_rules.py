"""Policies without a forecast: always on, and the breakeven thresholds most sites run by."""

from __future__ import annotations

import numpy as np

from ..economics import Hours, Operation, beyond_allowance, interruption_gain, penalty_usd
from ..information import Knowledge
from ..model import AiLoad, Bools, Clock, Floats
from ..solvers import Graph, graph, power_cost, walk


def always_on(view: Knowledge) -> Operation:
    """Every group in normal mode in every hour, as far as the limit allows; all its reserve sold."""
    hours = view.real
    on = np.ones((hours.table.hours, len(hours.site.machines)), dtype=bool)
    idle = np.zeros((hours.table.hours, len(hours.site.ai)), dtype=bool)
    return _operated(hours, on, idle, committed=on)


def threshold(view: Knowledge, signal: Floats) -> Operation:
    """Each group runs while the price seen is below its breakeven.

    Args:
        view: What was known.
        signal: Real-time price seen when deciding each hour, shape (T,).
    """
    hours = view.known
    below = hours.breakeven_usd_per_mwh
    return _operated(hours, signal[:, None] < below, _seen(hours, signal), committed=_cheap(hours))


def threshold_day_ahead(view: Knowledge, signal: Floats, *, live: bool) -> Operation:
    """The threshold, with the day-ahead price as second opinion.

    Lagged, a group also stands still where the day-ahead price of the hour is above its breakeven; live,
    where that is so and the hour before was too dear: it sits out the pause between two spikes.
    """
    hours = view.known
    breakeven = hours.breakeven_usd_per_mwh
    dear_ahead = hours.table.da[:, None] >= breakeven
    dear_now = signal[:, None] >= breakeven
    before = np.vstack([dear_now[:1], dear_now[:-1]])
    off = dear_now | (dear_ahead & (before if live else True))
    return _operated(hours, ~off, _seen(hours, signal), committed=_cheap(hours))


def _cheap(hours: Hours) -> Bools:
    """Reserve is sold for hours whose day-ahead price is below breakeven."""
    cheap: Bools = hours.table.da[:, None] < hours.breakeven_usd_per_mwh
    return cheap


def _operated(hours: Hours, wanted: Bools, interrupted: Bools, committed: Bools) -> Operation:
    """Follow what is wanted as closely as times, ramps, budgets and the limit allow."""
    machines = hours.site.machines
    if not machines:
        none = np.zeros((hours.table.hours, 0))
        return Operation(none.astype(np.int64), interrupted, none)
    net = graph(machines, collapsed=False)
    distance = np.abs(hours.power_mw - hours.normal_mw[:, None] * wanted[:, :, None])
    rewards = -distance * np.maximum(hours.breakeven_usd_per_mwh.mean(axis=0), 1.0)[:, None]
    by_kind = free_steps(net, rewards)
    power = np.broadcast_to(hours.power_mw, (hours.table.hours, *hours.power_mw.shape))
    nothing = np.zeros((hours.table.hours, net.groups * net.states))
    ways = walk(hours, net, by_kind, nothing, power)
    normal_reserve = np.take_along_axis(hours.reserve_mw, hours.normal[:, None], 1)[:, 0]
    return Operation(ways, interrupted, limited_sale(hours, committed * normal_reserve))


def free_steps(net: Graph, rewards: Floats) -> Floats:
    """Rewards by kind where starts and stops cost nothing, shape (T, G * kinds)."""
    nothing = np.zeros(rewards.shape[:2])
    return net.step_rewards(rewards, nothing, nothing[0]).reshape(len(rewards), -1)


def limited_sale(hours: Hours, offered_mw: Floats) -> Floats:
    """Offered reserve cut in proportion to what may be sold and what may run, shape (T, G)."""
    most = np.minimum(hours.offers.cap_mw.sum(axis=0), hours.site.machines_limit_mw)
    return offered_mw * np.minimum(1.0, most / np.maximum(offered_mw.sum(axis=1), 1e-12))[:, None]


def _seen(hours: Hours, signal: Floats) -> Bools:
    cost = power_cost(hours, signal, np.zeros(len(signal)))
    off = np.zeros((hours.table.hours, len(hours.site.ai)), dtype=bool)
    for number, load in enumerate(hours.site.ai):
        off[:, number] = interrupted_as_seen(load, cost, hours.clock, np.zeros(len(cost)))
    return off


def interrupted_as_seen(load: AiLoad, cost: Floats, clock: Clock, worth_usd: Floats) -> Bools:
    """Interrupt in the order of time wherever it saves more than an allowed hour is worth, shape (T,)."""
    gain = interruption_gain(load, cost)
    wanted = gain > np.maximum(worth_usd, 0.0)
    allowed: Bools = wanted & ~beyond_allowance(load, wanted, clock)
    return allowed | (gain > penalty_usd(load))
