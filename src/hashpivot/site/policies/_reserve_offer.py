"""The reserve offer: what is sold in the day-ahead market, by the forecast issued as it closes.

An offer names the least price it is sold at, so the price it clears at decides whether it is sold. Nothing
else that is published after the gate does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ..economics import HourlyEconomics
from ..information import GateForecasts, RankModel
from ..model import Floats, Whole

_USUAL_DAYS = 28  # judged: four weeks, each weekday four times
_ROUNDING = 1e-9  # of sums of shares


def reserve_offer(hours: HourlyEconomics, every: Whole, scenarios: Iterable[tuple[float, Floats]]) -> Floats:
    """Return reserve sold of each group, shape (N, G): where it clears above the least price offered.

    Args:
        hours: The site's hours as known, over the whole price history.
        every: Positions of consecutive hours, shape (N,).
        scenarios: Their rewards at each rank of the forecast at the gate, from `at_gate`.
    """
    groups = len(hours.site.machines)
    if not hours.reserve_prices.any or not groups:
        return np.zeros((len(every), groups))
    least = least_price_usd_per_mw(hours, every, scenarios)
    offered = np.zeros((hours.prices.hours, groups))
    offered[every] = (hours.reserve_prices.best[every, None] > least) * hours.normal_reserve_mw
    return capped_offer(hours, offered)[every]


def least_price_usd_per_mw(
    hours: HourlyEconomics, every: Whole, scenarios: Iterable[tuple[float, Floats]]
) -> Floats:
    """Return the least net price at which reserve of each group is offered, shape (N, G).

    At that price the chance that the group runs, reserve paid, is what a shortfall costs beside what is paid.
    Where reserve is cleared again in real time, it is what buying it back is expected to cost. Only what is
    known at the gate counts. Arguments are those of `reserve_offer`.
    """
    fine = hours.reserve_prices.shortfall_multiple[every]
    enough, shares, critical = fine / (1 + fine), [], []
    for share, rewards in scenarios:
        shares.append(share)
        critical.append(_critical_usd_per_mw(hours, rewards) / (1 + fine)[:, None])
    by_rank = np.array(critical)
    order = np.argsort(by_rank, axis=0, kind="stable")
    runs = np.cumsum(np.array(shares)[order], axis=0)
    first_enough = (runs >= enough[:, None] - _ROUNDING).argmax(axis=0)
    least: Floats = np.take_along_axis(np.take_along_axis(by_rank, order, 0), first_enough[None], 0)[0]
    least = np.where((enough > 0)[:, None], least, 0.0)
    cleared = hours.reserve_prices.cleared[every]
    return np.where(cleared[:, None], usual_buy_back_usd_per_mw(hours, every)[:1].T, least)


def _critical_usd_per_mw(hours: HourlyEconomics, rewards: Floats) -> Floats:
    """Return what a MW of reserve must be worth for a group to run, from (N, G, M) to (N, G)."""
    short = rewards[:, :, :1] - rewards[:, :, 1:]
    reserve = np.broadcast_to(hours.reserve_mw[:, 1:], short.shape)
    with_reserve = np.divide(short, reserve, out=np.full(short.shape, np.inf), where=reserve > 0)
    price: Floats = np.where((reserve > 0) | (short >= 0), with_reserve, -np.inf).min(axis=2)
    return price


def usual_buy_back_usd_per_mw(hours: HourlyEconomics, every: Whole) -> Floats:
    """Return the mean real-time price of each product in the same hour of earlier days, shape (P, N).

    Products are those of each day, best first. 0 where none was cleared. The day before is left out: its gate
    closes before it is over.
    """
    prices = hours.reserve_prices
    if not prices.cleared.any():
        return np.zeros((max(len(prices.buy_back_usd_per_mw), 1), len(every)))
    a_day = hours.prices.intervals(24)
    before = every[:, None] - a_day * np.arange(2, 2 + _USUAL_DAYS)
    seen = (before >= 0) & prices.cleared[np.maximum(before, 0)]
    total = np.where(seen, prices.buy_back_usd_per_mw[:, np.maximum(before, 0)], 0.0).sum(axis=2)
    return total / np.maximum(seen.sum(axis=1), 1)


def capped_offer(hours: HourlyEconomics, offered_mw: Floats) -> Floats:
    """Cut an offer in proportion to what may be sold and what is expected to be able to run, shape (T, G)."""
    most = np.minimum(hours.reserve_prices.most_mw, hours.at_expected_temperature.machines_limit_mw)
    return offered_mw * np.minimum(1.0, most / np.maximum(offered_mw.sum(axis=1), 1e-12))[:, None]


def at_gate(
    gate: HourlyEconomics, offers: GateForecasts, begin: int, every: Whole, learned: RankModel
) -> Iterator[tuple[float, Floats]]:
    """Yield each rank's share, and rewards (N, G, M) at its price as forecast at the gate.

    Args:
        gate: Hours with what was known of them then, from `begin` on.
        offers: Forecasts issued then.
        begin: Position of the first of `gate`.
        every: Positions of hours, shape (N,).
        learned: What the forecasts are read with.
    """
    middle = offers.typical[every]
    none = np.zeros(len(every))
    for rank, share in enumerate(learned.share.tolist()):
        yield share, gate.rewards(every - begin, middle[:, rank] * learned.tail_factor[rank], none)
