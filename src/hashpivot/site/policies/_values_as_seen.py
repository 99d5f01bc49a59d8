"""What is newer than the forecast in the value of a state: the next hours' chance of a peak, the last price.

Who must stay off cannot set a peak then. And a price above all that was forecast is not over in an hour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..information import Knowledge, PriceLattice, scaled
from ..model import Floats, Whole
from ..solvers import StateGraph, solve_lattice
from ._solved_lattice import SolvedLattice, kinds_of

_LEAST_USD_PER_MW = 0.01
"""Expected charge of the next hours from which values are worked out anew: less moves nothing."""
_TOGETHER = 128
"""Hours solved side by side: few enough that what they need stays in the processor's cache."""
_LEAST_EXCESS = 1.02
"""How far the last price lies above its forecast from which values are worked out anew."""


@dataclass(frozen=True, eq=False)
class LastPrices:
    """How far the last price known in each of N hours lies above its forecast.

    Args:
        excess: Factor from the highest rank's price, at least 1, shape (N,).
        rewards: Returns rewards by rank, (S, H, K, G, M), of positions (S, H) and prices (S, H, K).
    """

    excess: Floats
    rewards: Callable[[Whole, Floats], Floats]

    def raised(self, some: Whole, positions: Whole, prices: Floats, rewards: Floats) -> Floats:
        """Return rewards of hours ahead where the highest rank's price is as far above its forecast.

        Args:
            some: Which of the N hours, shape (S,).
            positions: Hours ahead of each, shape (S, H).
            prices: Their prices by rank as forecast, shape (S, H, K).
            rewards: Their rewards at these.
        """
        above = np.flatnonzero(self.excess[some] > _LEAST_EXCESS)
        if not len(above):
            return rewards
        higher, seen = prices[above], rewards.copy()
        higher[..., -1] = scaled(higher[..., -1], self.excess[some[above], None])
        seen[above] = self.rewards(positions[above], higher)
        return seen


def values_as_seen(
    knowledge: Knowledge,
    net: StateGraph,
    lattice: PriceLattice,
    solved: SolvedLattice,
    every: Whole,
    rank: Whole,
    last: LastPrices,
) -> Floats:
    """Return the values after each hour, the next hours' chance of a peak and the last price included.

    The solved lattice knows of neither: its forecasts are older. The hours that follow are solved again with
    and without them; the difference is added. A price above the highest rank's is expected to stay as far
    above for as long as that rank lasts.

    Args:
        knowledge: What was known, over the whole price history.
        net: States and steps of the groups.
        lattice: The forecasts in force.
        solved: Their values.
        every: Positions of hours, shape (N,).
        rank: Price rank of each, shape (N,).
        last: How far the last price of each lies above its forecast.

    Returns:
        Shape (N, G * V).
    """
    onward: Floats = solved.onward[lattice.row, lattice.hour, rank]
    charge = _charges(knowledge, every)
    near = (charge.sum(axis=1) > _LEAST_USD_PER_MW) | (last.excess > _LEAST_EXCESS)
    for first, transition in ((True, solved.first_transition), (False, solved.transition)):
        chosen = np.flatnonzero(near & ((lattice.hour == 0) == first))
        for begin in range(0, len(chosen), _TOGETHER):
            some = chosen[begin : begin + _TOGETHER]
            change = _change(knowledge, net, lattice, solved, transition, some, charge[some], last)
            onward[some] += change[np.arange(len(some)), rank[some]]
    return onward


def _change(
    knowledge: Knowledge,
    net: StateGraph,
    lattice: PriceLattice,
    solved: SolvedLattice,
    transition: Floats,
    some: Whole,
    charge: Floats,
    last_prices: LastPrices,
) -> Floats:
    """Return what they change in the values after hours, by rank, shape (N, K, G * V)."""
    hours, steps = knowledge.known, charge.shape[1]
    longest = int(max(net.min_on.max(), net.min_off.max()))
    row, hour = lattice.row[some], lattice.hour[some]
    left = np.minimum(lattice.lengths[row] - hour, steps + longest + 1)
    ahead = hour[:, None] + np.minimum(np.arange(left.max()), left[:, None] - 1)
    positions, rewards = lattice.positions[row[:, None], ahead], solved.rewards[row[:, None], ahead]
    cost = np.zeros(ahead.shape)
    cost[:, 1 : steps + 1] = charge[:, : ahead.shape[1] - 1]
    billed = hours.billed_mw(positions.ravel()).reshape(*positions.shape, 1, *rewards.shape[3:])
    seen = last_prices.raised(some, positions, lattice.prices[row[:, None], ahead], rewards)
    last = np.zeros(net.off.size)
    without, as_seen = (
        solve_lattice(net, kinds_of(hours, net, positions, paid), solved.transition, transition, left, last)
        for paid in (rewards, seen - cost[:, :, None, None, None] * billed)
    )
    change: Floats = as_seen[:, 0] - without[:, 0]
    return change


def _charges(knowledge: Knowledge, every: Whole) -> Floats:
    """Return the expected charge per MW of the intervals that follow, as seen at each of N, (N, steps)."""
    hours, chances = knowledge.known, knowledge.peak_chances
    number, leads = hours.clock.hour_number, chances.shape[1]
    steps = round((leads - 1) / hours.interval_hours)
    charges = np.zeros((len(every), steps))
    for step in range(1, steps + 1):
        later = np.minimum(every + step, len(chances) - 1)
        lead = number[later] - number[every]
        chance = np.where(lead < leads, chances[every, np.minimum(lead, leads - 1)], 0.0)
        charges[:, step - 1] = chance * hours.peak_usd_per_mwh[later] * hours.interval_hours
    return charges
