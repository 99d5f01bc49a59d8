"""Ranks of a price within its forecast: how they follow one another, and how far the highest lie.

Both are learned from the year before a month's decisions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..forecast import Quantiles
from ..model import Floats, Whole

EDGES = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99, 1.0])
"""Levels between which prices count as alike: finer where prices rise steeply."""
RANKS = len(EDGES) - 1
LEARN_HOURS = 8760
"""Hours before a month that its decisions learn from."""
_PRIOR = 20.0  # judged: hours by which each row leans to independence, so that no transition is impossible
_TAIL_FROM = 5  # lowest rank whose typical price is scaled: the top 15% of prices
_MOST_TAIL = 8.0  # judged: so that a single storm does not set it
_FEWEST_TAIL = 10  # hours of a rank needed before its factor is believed


@dataclass(frozen=True, eq=False)
class RankModel:
    """What a month's decisions take from the year before it. K ranks.

    Args:
        transition: Probability that a rank is followed by each, shape (K, K).
        first_transition: The same for a forecast's first hour after the hour before it, shape (K, K).
        tail_factor: Factor on the typical price of each rank, shape (K,).
    """

    transition: Floats
    first_transition: Floats
    tail_factor: Floats

    @property
    def share(self) -> Floats:
        """How often each rank comes, shape (K,)."""
        return np.diff(EDGES)


@dataclass(frozen=True, eq=False)
class PriceLattice:
    """Prices of I forecasts over H hours at K ranks, and which of them decides each of T hours.

    Args:
        positions: Hours covered, the last repeated where a forecast is shorter, shape (I, H).
        prices: Price of each rank, shape (I, H, K).
        lengths: Hours each forecast covers, shape (I,).
        row: Forecast each hour is decided by, shape (T,).
        hour: Its position within that forecast, shape (T,).
    """

    positions: Whole
    prices: Floats
    lengths: Whole
    row: Whole
    hour: Whole


def ranked(quantiles: Quantiles) -> tuple[Floats, Floats]:
    """Return prices at the inner edges of ranks, (..., K - 1), and typical ones of each rank, (..., K)."""
    rising = np.maximum.accumulate(quantiles.values_usd_per_mwh, axis=-1)
    monotone = Quantiles(quantiles.levels, rising)
    return monotone.at_levels(EDGES[1:-1]), monotone.at_levels((EDGES[:-1] + EDGES[1:]) / 2)


def rank_transitions(before: Whole, after: Whole, stays: float = 0.0) -> Floats:
    """Return how ranks follow one another, drawn towards how often they come, shape (K, K).

    Args:
        before: Ranks, shape (N,).
        after: The rank that followed each.
        stays: Probability beyond chance that a rank stays, which few counts lean to as well.
    """
    share = np.diff(EDGES)
    counts = _PRIOR * ((1 - stays) * np.tile(share, (RANKS, 1)) + stays * np.eye(RANKS))
    np.add.at(counts, (before, after), 1.0)
    return counts / counts.sum(axis=1, keepdims=True)


def staying(before: Whole, after: Whole) -> float:
    """Return the probability beyond chance that a rank stays, all ranks taken together; 0 without any."""
    if not len(before):
        return 0.0
    by_chance = float((np.diff(EDGES) ** 2).sum())
    return min(max((float((before == after).mean()) - by_chance) / (1 - by_chance), 0.0), 1.0)


def tail_factors(ranks: Whole, typical: Floats, actual: Floats) -> Floats:
    """Return how far actual prices of the highest ranks lay above typical ones, shape (K,).

    Args:
        ranks: Rank of each hour's price, shape (N,).
        typical: Typical price of each rank in each hour, shape (N, K).
        actual: Price of each hour, shape (N,).
    """
    factor = np.ones(RANKS)
    for rank in range(_TAIL_FROM, RANKS):
        inside = ranks == rank
        total = typical[inside, rank].sum()
        if inside.sum() >= _FEWEST_TAIL and total > 0:
            factor[rank] = np.clip(actual[inside].sum() / total, 1 / _MOST_TAIL, _MOST_TAIL)
    return factor
