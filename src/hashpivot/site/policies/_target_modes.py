"""Following wished-for modes as closely as the limits of the machines allow."""

from __future__ import annotations

import numpy as np

from ..economics import HourlyEconomics
from ..model import Beginning, Bools, Floats, Whole
from ..solvers import StateGraph, solve_lattice, state_graph, walk
from ._solved_lattice import IMPOSSIBLE_USD

_SHORTFALL_PER_MW = 1e9
"""Distance that a MW of reserve sold and not held counts as: no wish outweighs it."""


def nearest_modes(hours: HourlyEconomics, wanted_on: Bools) -> Whole:
    """Return modes as near to normal mode or off as times, ramps, budgets and the limit allow, shape (T, G).

    Args:
        hours: The site's hours.
        wanted_on: Whether each group is wanted in normal mode, shape (T, G).

    Raises:
        Unsolvable: If the site's limit cannot be kept.
    """
    return nearest_to_power(hours, hours.normal_mw * wanted_on)


def nearest_to_power(hours: HourlyEconomics, wanted_mw: Floats, begins: Beginning | None = None) -> Whole:
    """Return modes whose power is as near to that wanted as limits allow, shape (T, G).

    Args:
        hours: The site's hours.
        wanted_mw: Power of each group, shape (T, G).
        begins: Where the groups stand at first; by default in normal mode, free to stop.

    Raises:
        Unsolvable: If the site's limit cannot be kept.
    """
    if not hours.machines:
        return np.zeros((hours.prices.hours, 0), dtype=np.int64)
    net = state_graph(hours.machines, collapsed=False, begins=begins).without_values()
    distance = np.abs(hours.power_mw - wanted_mw[:, :, None])
    rewards = -distance * np.maximum(hours.breakeven_usd_per_mwh, 1.0)[:, :, None]
    nothing = np.zeros((hours.prices.hours, net.groups))
    return walk(hours, net, _free_steps(net, rewards), nothing, begins)


def nearest_holding(hours: HourlyEconomics, wanted_mw: Floats, sold_mw: Floats, begins: Beginning) -> Whole:
    """Return modes that hold what is sold, now and later, and are else as near to the power wanted, (T, G).

    Args:
        hours: The site's hours.
        wanted_mw: Power of each group, shape (T, G).
        sold_mw: Reserve sold of each group, shape (T, G). Where limits allow, each runs in a mode that can
            drop as much, and stops for nothing that would keep it from doing so later.
        begins: Where the groups stand at first.

    Raises:
        Unsolvable: If the site's limit cannot be kept.
    """
    if not sold_mw.any() or not hours.machines:
        return nearest_to_power(hours, wanted_mw, begins)
    net = state_graph(hours.machines, collapsed=False, begins=begins)
    short = np.maximum(sold_mw[:, :, None] - hours.reserve_mw, 0.0)
    rewards = -np.abs(hours.power_mw - wanted_mw[:, :, None]) - _SHORTFALL_PER_MW * short
    steps = _free_steps(net, np.where(hours.possible, rewards, IMPOSSIBLE_USD))
    possible = np.where(np.isfinite(steps), steps, IMPOSSIBLE_USD)[None, :, None]
    sure, count = np.ones((1, 1)), np.array([hours.prices.hours])
    onward = solve_lattice(net, possible, sure, sure, count, np.zeros(net.off.size))[0, :, 0]
    return walk(hours, net, steps, onward, begins)


def _free_steps(net: StateGraph, rewards: Floats) -> Floats:
    """Return rewards by kind where starts and stops cost nothing, shape (T, G * kinds)."""
    nothing = np.zeros(rewards.shape[:2])
    return net.step_rewards(rewards, nothing, nothing[0]).reshape(len(rewards), -1)
