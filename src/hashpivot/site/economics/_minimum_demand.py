"""A minimum billing demand: below it, power used in the month's peak is paid for anyway and costs no more.

What AI load leaves of the minimum goes to the groups of machines that can run within it, in the order of
their breakeven. Each then pays for what it draws beyond its part, which is never less than the true bill. Of
several charges in an interval the smallest minimum counts for all, so that theirs is not understated either.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..model import Floats
from ._charges import PeakCharge


def smallest_and_largest_mw(charges: Sequence[PeakCharge], hours: int) -> tuple[Floats, Floats]:
    """Return the least and the most that charges due in each interval bill at least, 0 if none, (T,) each."""
    if not charges:
        return np.zeros(hours), np.zeros(hours)
    due = np.array([charge.usd_per_mwh > 0 for charge in charges])
    least = np.array([charge.minimum_mw for charge in charges])
    smallest = np.where(due, least, np.inf).min(axis=0)
    return np.where(due.any(axis=0), smallest, 0.0), np.where(due, least, 0.0).max(axis=0)


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
