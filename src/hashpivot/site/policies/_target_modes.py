"""Following wished-for modes as closely as the limits of the machines allow."""

from __future__ import annotations

import numpy as np

from ..economics import HourlyEconomics
from ..model import Beginning, Bools, Floats, Whole
from ..solvers import StateGraph, state_graph, walk


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
    rewards = -distance * np.maximum(hours.breakeven_usd_per_mwh.mean(axis=0), 1.0)[:, None]
    nothing = np.zeros((hours.prices.hours, net.groups))
    return walk(hours, net, _free_steps(net, rewards), nothing, begins)


def _free_steps(net: StateGraph, rewards: Floats) -> Floats:
    """Return rewards by kind where starts and stops cost nothing, shape (T, G * kinds)."""
    nothing = np.zeros(rewards.shape[:2])
    return net.step_rewards(rewards, nothing, nothing[0]).reshape(len(rewards), -1)
