"""A minimum billing demand: below it, power used in the month's peak is paid for anyway and costs no more.

What AI load leaves of the minimum goes to the groups of machines that can run within it, in the order of
their breakeven. Each then pays for what it draws beyond its part, which is never less than the true bill.
"""

from __future__ import annotations

import numpy as np

from ..model import Clock, Floats, Site


def minimum_mw(site: Site, clock: Clock) -> Floats:
    """Return the power a coincident peak is billed for at least, shape (T,)."""
    least = np.zeros(len(clock.ts_utc))
    for tariff in site.tariffs:
        least = np.maximum(least, tariff.minimum_mw(clock, site.limit_mw))
    return least


def parts_mw(room_mw: Floats, worth: Floats, least_mw: Floats, most_mw: Floats) -> Floats:
    """Return the part of a room each group gets, shape (T, G): the worthiest that can run, then the others.

    Args:
        room_mw: Room of all groups together, shape (T,).
        worth: By which they come, shape (T, G).
        least_mw: Least each group can run at, shape (G,).
        most_mw: Most it can use, shape (G,).
    """
    order, left = np.argsort(-worth, axis=1, kind="stable"), room_mw.copy()
    parts, every = np.zeros(worth.shape), np.arange(len(worth))
    for only_if_it_runs in (True, False):
        for g in order.T:
            wanted = np.minimum(most_mw[g] - parts[every, g], left)
            given = np.where(only_if_it_runs & (wanted < least_mw[g]), 0.0, wanted)
            parts[every, g] += given
            left = left - given
    return parts


def marginal(room_mw: Floats, worth: Floats, power_mw: Floats) -> Floats:
    """Return the worth of the group a room runs out in, 0 where it holds all or is worthless, shape (T,)."""
    order = np.argsort(-worth, axis=1, kind="stable")
    full = np.cumsum(power_mw[order], axis=1) > room_mw[:, None] * (1 + 1e-9)
    last = np.take_along_axis(worth, order, 1)[np.arange(len(worth)), full.argmax(axis=1)]
    return np.where(full.any(axis=1), np.maximum(last, 0.0), 0.0)
