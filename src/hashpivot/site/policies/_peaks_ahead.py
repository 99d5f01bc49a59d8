"""The next hours' chance of a peak in the value of a state: who must stay off cannot set it then."""

from __future__ import annotations

import numpy as np

from ..information import Knowledge, PriceLattice
from ..model import Floats, Whole
from ..solvers import StateGraph, solve_lattice
from ._solved_lattice import SolvedLattice, kinds_of

_LEAST_USD_PER_MW = 0.01
"""Expected charge of the next hours from which values are worked out anew: less moves nothing."""
_TOGETHER = 128
"""Hours solved side by side: few enough that what they need stays in the processor's cache."""


def values_before_peaks(
    knowledge: Knowledge,
    net: StateGraph,
    lattice: PriceLattice,
    solved: SolvedLattice,
    every: Whole,
    rank: Whole,
) -> Floats:
    """Return the values after each hour, the next hours' chance of a peak included.

    The solved lattice knows of no peaks, as its forecasts are older than the loads these are seen from. The
    hours that follow are solved again with and without the chance each has now; the difference is added.

    Args:
        knowledge: What was known, over the whole price history.
        net: States and steps of the groups.
        lattice: The forecasts in force.
        solved: Their values.
        every: Positions of hours, shape (N,).
        rank: Price rank of each, shape (N,).

    Returns:
        Shape (N, G * V).
    """
    onward: Floats = solved.onward[lattice.row, lattice.hour, rank]
    charge = _charges(knowledge, every)
    near = charge.sum(axis=1) > _LEAST_USD_PER_MW
    for first, transition in ((True, solved.first_transition), (False, solved.transition)):
        chosen = np.flatnonzero(near & ((lattice.hour == 0) == first))
        for begin in range(0, len(chosen), _TOGETHER):
            some = chosen[begin : begin + _TOGETHER]
            change = _change(knowledge, net, lattice, solved, transition, some, charge[some])
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
) -> Floats:
    """Return what the charges change in the values after hours, by rank, shape (N, K, G * V)."""
    hours, steps = knowledge.known, charge.shape[1]
    longest = int(max(net.min_on.max(), net.min_off.max()))
    row, hour = lattice.row[some], lattice.hour[some]
    left = np.minimum(lattice.lengths[row] - hour, steps + longest + 1)
    ahead = hour[:, None] + np.minimum(np.arange(left.max()), left[:, None] - 1)
    positions, rewards = lattice.positions[row[:, None], ahead], solved.rewards[row[:, None], ahead]
    cost = np.zeros(ahead.shape)
    cost[:, 1 : steps + 1] = charge[:, : ahead.shape[1] - 1]
    billed = hours.billed_mw(positions.ravel()).reshape(*positions.shape, 1, *rewards.shape[3:])
    last = np.zeros(net.off.size)
    without, with_charges = (
        solve_lattice(net, kinds_of(hours, net, positions, paid), solved.transition, transition, left, last)
        for paid in (rewards, rewards - cost[:, :, None, None, None] * billed)
    )
    change: Floats = with_charges[:, 0] - without[:, 0]
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
