"""The reserve offer: what is sold the afternoon before, by the forecast issued then."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..economics import HourlyEconomics
from ..information import DailyForecasts, RankModel
from ..model import Floats, Whole


def reserve_offer(
    hours: HourlyEconomics, daily: DailyForecasts, first: int, end: int, learned: RankModel
) -> Floats:
    """Return reserve offered of each group where it will likely enough run, shape (N, G).

    A megawatt is offered where the chance of running exceeds what a shortfall costs beside what it is paid.

    Args:
        hours: The site's hours as known, over the whole price history.
        daily: Forecasts of the afternoons.
        first: Position of the first hour.
        end: Position after the last, N hours on.
        learned: What the forecasts are read with.
    """
    every = np.arange(first, end)
    runs = np.zeros((len(every), len(hours.site.machines)))
    if not hours.reserve_prices.any or not runs.size:
        return runs
    fine = hours.reserve_prices.shortfall_multiple[every]
    paid = ((1 + fine) * hours.reserve_prices.best[every])[:, None, None] * hours.reserve_mw
    for share, rewards in day_before(hours, daily, first, end, learned):
        gain = (rewards + paid)[:, :, 1:].max(axis=2) - rewards[:, :, 0]
        runs += share * (gain > 0)
    offered = np.zeros((hours.prices.hours, runs.shape[1]))
    offered[first:end] = (runs >= (fine / (1 + fine))[:, None]) * hours.normal_reserve_mw
    return capped_offer(hours, offered)[first:end]


def capped_offer(hours: HourlyEconomics, offered_mw: Floats) -> Floats:
    """Cut an offer in proportion to what may be sold and what may run, shape (T, G)."""
    most = np.minimum(hours.reserve_prices.most_mw, hours.site.machines_limit_mw)
    return offered_mw * np.minimum(1.0, most / np.maximum(offered_mw.sum(axis=1), 1e-12))[:, None]


def day_before(
    hours: HourlyEconomics, daily: DailyForecasts, first: int, end: int, learned: RankModel
) -> Iterator[tuple[float, Floats]]:
    """Yield each rank's share, and rewards (N, G, M) at its price as forecast the afternoon before.

    Arguments are those of `reserve_offer`.
    """
    every = np.arange(first, end)
    vintages = [daily.vintages[n] for n in issued_before(hours, daily, every)]
    middle = np.array([v.middle_at(t) for v, t in zip(vintages, every.tolist(), strict=True)])
    none = np.zeros(len(every))
    for rank, share in enumerate(learned.share.tolist()):
        yield share, hours.rewards(every, middle[:, rank] * learned.tail_factor[rank], none)


def issued_before(hours: HourlyEconomics, daily: DailyForecasts, every: Whole) -> Whole:
    """Return the number of the forecast issued the afternoon before each hour's day, or of the first."""
    issued = hours.clock.day[daily.starts]
    numbers: Whole = np.maximum(np.searchsorted(issued, hours.clock.day[every]) - 1, 0)
    return numbers
