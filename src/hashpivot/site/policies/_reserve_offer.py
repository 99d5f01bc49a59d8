"""The reserve offer: what is sold in the day-ahead market, by the forecast issued as it closes.

An offer names the least price it is sold at, so the price it clears at decides whether it is sold. Nothing
else that is published after the gate does.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..economics import HourlyEconomics
from ..information import GateForecasts, RankModel
from ..model import Floats


def reserve_offer(
    hours: HourlyEconomics, offers: GateForecasts, first: int, end: int, learned: RankModel
) -> Floats:
    """Return reserve offered of each group where it will likely enough run, shape (N, G).

    A megawatt is offered where the chance of running exceeds what a shortfall costs beside what it is paid.

    Args:
        hours: The site's hours as known, over the whole price history.
        offers: Forecasts issued as the day-ahead market closes.
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
    for share, rewards in day_before(hours, offers, first, end, learned):
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
    hours: HourlyEconomics, offers: GateForecasts, first: int, end: int, learned: RankModel
) -> Iterator[tuple[float, Floats]]:
    """Yield each rank's share, and rewards (N, G, M) at its price as forecast at the gate.

    Arguments are those of `reserve_offer`.
    """
    every = np.arange(first, end)
    vintages = [offers.vintages[n] for n in offers.vintage_of[every]]
    middle = np.array([v.middle_at(t) for v, t in zip(vintages, every.tolist(), strict=True)])
    none = np.zeros(len(every))
    for rank, share in enumerate(learned.share.tolist()):
        yield share, hours.rewards(every, middle[:, rank] * learned.tail_factor[rank], none)
