"""Values of every state over a lattice of prices, and what its steps are paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..economics import HourlyEconomics
from ..model import Floats, Whole
from ..solvers import StateGraph, collapse

IMPOSSIBLE_USD = -1e15
"""Stands for minus infinity, which times a probability of 0 is not a number."""


@dataclass(frozen=True, eq=False)
class SolvedLattice:
    """Values of every state over a lattice of prices. I forecasts, H hours, K ranks.

    Ranks are those of the hour (`live`) or of the hour before (`lagged`).

    Args:
        transition: Probability that a rank is followed by each, as the site weighs it, shape (K, K).
        first_transition: The same in a forecast's first hour, shape (K, K).
        rewards: Reward of each mode, shape (I, H, K, G, M).
        onward: Values after the hour, shape (I, H, K, G * V).
        prices: Real-time price at each rank, or expected of the rank before, shape (I, H, K).
    """

    transition: Floats
    first_transition: Floats
    rewards: Floats
    onward: Floats
    prices: Floats


def kinds_of(hours: HourlyEconomics, net: StateGraph, positions: Whole, rewards: Floats) -> Floats:
    """Return rewards by kind of step: of hours (by position) (...), from (..., K, G, M) to (..., K, kinds).

    The kinds of all groups stand side by side; where the graph knows all modes as one, the best counts.
    """
    modes = collapse(rewards)[0] if net.collapsed else rewards
    start = hours.start_usd[positions][..., None, :]
    by_kind = net.step_rewards(modes, start, hours.stop_usd)
    possible: Floats = np.where(np.isfinite(by_kind), by_kind, IMPOSSIBLE_USD)
    return possible.reshape(*rewards.shape[:-2], -1)
