"""Selling reserve the afternoon before, by the forecast issued then."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..economics import Hours
from ..information import Daily, Learned
from ..model import Floats, Whole
from ._rules import limited_sale


def sale(hours: Hours, days: Daily, first: int, end: int, learned: Learned) -> Floats:
    """Reserve sold of each group where it will likely enough run, for hours `first` to `end`, shape (N, G).

    Args:
        hours: The site's hours as known, over the whole table.
        days: Forecasts of the afternoons.
        first: Position of the first hour.
        end: Position after the last.
        learned: What the forecasts are read with.
    """
    every = np.arange(first, end)
    runs = np.zeros((len(every), len(hours.site.machines)))
    if not hours.offers.any or not runs.size:
        return runs
    fine = hours.offers.shortfall_multiple[every]
    paid = ((1 + fine) * hours.offers.best[every])[:, None, None] * hours.reserve_mw
    for share, rewards in day_before(hours, days, first, end, learned):
        gain = (rewards + paid)[:, :, 1:].max(axis=2) - rewards[:, :, 0]
        runs += share * (gain > 0)
    normal = np.take_along_axis(hours.reserve_mw, hours.normal[:, None], 1)[:, 0]
    offered = np.zeros((hours.table.hours, runs.shape[1]))
    offered[first:end] = (runs >= (fine / (1 + fine))[:, None]) * normal
    return limited_sale(hours, offered)[first:end]


def day_before(
    hours: Hours, days: Daily, first: int, end: int, learned: Learned
) -> Iterator[tuple[float, Floats]]:
    """Each rank's share, and rewards (N, G, M) at its price as forecast the afternoon before; as `sale`."""
    every = np.arange(first, end)
    issues = [days.issues[n] for n in issued_before(hours, days, every)]
    middle = np.array([issue.middle_at(t) for issue, t in zip(issues, every.tolist(), strict=True)])
    none = np.zeros(len(every))
    for rank, share in enumerate(learned.share.tolist()):
        yield share, hours.rewards(every, middle[:, rank] * learned.tail[rank], none)


def issued_before(hours: Hours, days: Daily, every: Whole) -> Whole:
    """Number of the forecast issued the afternoon before each hour's day, or of the first there is."""
    issued = hours.clock.day[days.starts]
    numbers: Whole = np.maximum(np.searchsorted(issued, hours.clock.day[every]) - 1, 0)
    return numbers
