"""Values of every state of every group under uncertain prices, backwards through one month's forecasts.

Prices form a lattice: hours by ranks. A state's value at a rank is the best step's reward plus the expected
value one hour on. In the `live` regime a step knows its hour's price; in the `lagged` regime only the rank
before, and takes the expected reward.
"""

from __future__ import annotations

import numpy as np

from ..model import Floats, Whole
from ._on_off_lattice import solve_on_off
from ._states import StateGraph

TAIL = 0.1
"""Share of worst scenarios a fully risk-averse site looks at."""


def averse(transition: Floats, aversion: float) -> Floats:
    """Return probabilities of ranks as a risk-averse site weighs them.

    A mix of expectation and the mean of the worst tenth (conditional value at risk), which for a load paying
    the price is the tenth of highest ranks.
    """
    above = 1 - np.cumsum(transition, axis=1) + transition
    worst = np.clip(np.minimum(above, TAIL) - np.clip(above - transition, 0.0, TAIL), 0.0, None) / TAIL
    return (1 - aversion) * transition + aversion * worst


def solve_lattice(
    net: StateGraph,
    by_kind: Floats,
    transition: Floats,
    first_transition: Floats,
    lengths: Whole,
    last: Floats,
) -> Floats:
    """Return the expected values after each hour's step. I forecasts, H hours, K ranks, G groups of V values.

    Args:
        net: States and steps of the groups.
        by_kind: Rewards by kind of step at each rank, shape (I, H, K, G * kinds); in the `lagged` regime the
            rank is that of the hour before and the reward its expectation.
        transition: Probability that a rank is followed by each, shape (K, K).
        first_transition: The same in a forecast's first hour, shape (K, K).
        lengths: Hours each forecast covers, shape (I,).
        last: Values after the last hour, shape (G * V,).

    Returns:
        Shape (I, H, K, G * V), by the rank of the hour itself (`live`) or of the one before (`lagged`).
    """
    if net.collapsed:
        return solve_on_off(net, by_kind, transition, first_transition, lengths, last)
    count, hours, ranks = by_kind.shape[:3]
    onward = np.empty((count, hours, ranks, len(last)))
    value = np.broadcast_to(last, (count, ranks, len(last)))
    steps = _steps(net)
    paid = np.ascontiguousarray(by_kind.transpose(1, 3, 0, 2))  # rows of ranks are gathered
    for h in range(hours - 1, -1, -1):
        onward[:, h] = (transition if h else first_transition) @ value
        then, now = np.ascontiguousarray(onward[:, h].transpose(2, 0, 1)), paid[h]
        (_, kind, target), *further = steps
        best = now[kind] + then[target]
        for states, kind, target in further:
            best[states] = np.maximum(best[states], now[kind] + then[target])
        value = np.where((h < lengths)[:, None, None], best.transpose(1, 2, 0), value)
    return onward


def _steps(net: StateGraph) -> list[tuple[Whole, Whole, Whole]]:
    """Return the first step of every state, the second of those that have one, and so on.

    Each is the states' flat positions, the kinds of their steps and the states these lead to.
    """
    groups, count = net.groups, net.kind.shape[2]
    impossible = (np.arange(groups) + 1)[:, None, None] * net.kinds - 1
    real, kind, target = (
        table.reshape(-1, count) for table in (net.kind != impossible, net.kind, net.target)
    )
    steps = []
    for a in range(count):
        states = np.flatnonzero(real[:, a]) if a else np.arange(len(real))
        steps.append((states, kind[states, a], target[states, a]))
    return steps
