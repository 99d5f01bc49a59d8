"""Values of groups that are on or off over a lattice of prices: four numbers a group, whatever its times.

A group that may switch stays or switches; one that has just switched waits until it may again. What the wait
brings is a sum over the intervals to come, weighed by how ranks follow one another. It is found for all
intervals at once by doubling: the sum over 2n intervals is that over n, and that over the next n as expected.
"""

from __future__ import annotations

import numpy as np

from ..model import Floats, Whole
from ._states import StateGraph


def solve_on_off(
    net: StateGraph,
    by_kind: Floats,
    transition: Floats,
    first_transition: Floats,
    lengths: Whole,
    last: Floats,
) -> Floats:
    """Return what `solve_lattice` returns, for a collapsed graph; arguments are the same.

    Returns:
        Shape (I, H, K, G * 4): free to stop, free to start, just started, just stopped.
    """
    count, hours, ranks = by_kind.shape[:3]
    covered = np.arange(hours)[:, None, None, None] < lengths
    stop, start, stay_off, stay_on = (_by_hour(by_kind, net, kind) for kind in (1, 3, 0, 2))
    ends = last.reshape(net.groups, 4).T[:2, :, None, None]
    wait = np.stack([net.min_on - 1, net.min_off - 1])
    waited = np.stack(
        [
            _sums(np.where(covered, stay, 0.0), transition, times)
            for stay, times in zip((stay_on, stay_off), wait, strict=True)
        ],
        axis=1,
    )
    powers = np.stack([[np.linalg.matrix_power(transition, int(n)) for n in times] for times in wait])
    shape = (2, net.groups, ranks, count)
    expected = np.empty((hours + int(wait.max()) + 1, *shape))
    expected[hours:] = ends
    onward = np.empty((hours, 4, *shape[1:]))
    value = np.broadcast_to(ends, shape)
    kind, group = np.arange(2)[:, None], np.arange(net.groups)
    ahead = np.empty((4, *shape[1:]))
    for h in range(hours - 1, -1, -1):
        ahead[:2] = value
        ahead[2:] = expected[h + 1 + wait, kind, group]
        if h + 1 < hours:
            ahead[2:] += waited[h + 1]
        onward[h] = (transition if h else first_transition) @ ahead
        on = np.maximum(stay_on[h] + onward[h, 0], stop[h] + onward[h, 3])
        off = np.maximum(stay_off[h] + onward[h, 1], start[h] + onward[h, 2])
        value = np.where(covered[h], np.stack([on, off]), ends)
        expected[h] = powers @ value
    return np.ascontiguousarray(onward.transpose(4, 0, 3, 2, 1)).reshape(count, hours, ranks, -1)


def _by_hour(by_kind: Floats, net: StateGraph, kind: int) -> Floats:
    """Return the rewards of one kind of step, from (I, H, K, G * kinds) to (H, G, K, I)."""
    one = by_kind.reshape(*by_kind.shape[:3], net.groups, net.kinds)[..., kind]
    return np.ascontiguousarray(one.transpose(1, 3, 2, 0))


def _sums(rewards: Floats, transition: Floats, times: Whole) -> Floats:
    """Return what so many intervals bring from each on, as expected by its rank; both of shape (H, G, K, I).

    Args:
        rewards: Of each interval.
        transition: How ranks follow one another, shape (K, K).
        times: Intervals each group waits, shape (G,).
    """
    total = np.zeros_like(rewards)
    done, doubled, power, step = np.zeros_like(times), rewards, transition, 1
    while (done < times).any():
        for g in np.flatnonzero(times & step):
            total[:, g] = doubled[:, g] + _later(total[:, g], power, step)
        done += times & step
        doubled = doubled + _later(doubled, power, step)
        power, step = power @ power, 2 * step
    return total


def _later(values: Floats, power: Floats, step: int) -> Floats:
    """Return what is expected of values some intervals later; after the last they are 0."""
    shifted = np.zeros_like(values)
    shifted[: max(len(values) - step, 0)] = power @ values[step:]
    return shifted
