"""Forecasts issued as each hour begins, with the newest prices."""

from __future__ import annotations

import numpy as np

from ..model import Floats, Whole
from ..prices import PriceHistory
from ._price_ranks import EDGES, LEARN_HOURS, RANKS, PriceLattice, RankModel, rank_transitions, tail_factors


class HourlyForecasts:
    """A forecast for each of the hours `first` to `first + N`, H hours ahead.

    Args:
        prices: Prices.
        first: Position of the first hour with a forecast.
        edges: Price at each inner edge of rank, shape (N, H, RANKS - 1).
        middle: Typical price of each rank, shape (N, H, RANKS).
    """

    def __init__(self, prices: PriceHistory, first: int, edges: Floats, middle: Floats) -> None:
        self._prices, self._first, self._middle = prices, first, middle
        self._positions = first + np.arange(len(middle))[:, None] + np.arange(middle.shape[1])
        self._inside = self._positions < prices.hours
        self._positions = np.minimum(self._positions, prices.hours - 1)
        self._ranks = (prices.rt[self._positions][:, :, None] > edges).sum(axis=2)
        self.rank = np.full(prices.hours, -1)
        self.rank[first : first + len(middle)] = self._ranks[:, 0]

    def rank_before(self, every: Whole) -> Whole:
        """Return 0 for each hour: a new forecast knows the hour before, its first rank stands alone."""
        return np.zeros(len(every), dtype=np.int64)

    def learned(self, position: int) -> RankModel:
        """Learn how ranks behave from forecasts of the year before an hour whose last hour is over."""
        hours = self._ranks.shape[1]
        end = max(position - self._first - hours + 1, 0)
        since = max(position - self._first - LEARN_HOURS, 0)
        ranks, middle = self._ranks[since:end], self._middle[since:end]
        transition = rank_transitions(ranks[:, :-1].ravel(), ranks[:, 1:].ravel())
        actual = self._prices.rt[self._positions[since:end]].ravel()
        factor = tail_factors(ranks.ravel(), middle.reshape(-1, RANKS), actual)
        return RankModel(transition, np.tile(np.diff(EDGES), (RANKS, 1)), factor)

    def lattice(self, first: int, end: int, learned: RankModel) -> PriceLattice:
        """Return the forecasts that decide the hours `first` to `end`: each its own."""
        inside = slice(first - self._first, end - self._first)
        lengths = self._inside[inside].sum(axis=1)
        row = np.arange(end - first)
        prices = self._middle[inside] * learned.tail_factor
        return PriceLattice(self._positions[inside], prices, lengths, row, np.zeros_like(row))

    def outside(self, every: Whole, learned: RankModel) -> Floats:
        """Return 1 for each hour: the next forecast has seen its price."""
        return np.ones(len(every))

    def shift_to_last_price(self, every: Whole, prices: Floats, learned: RankModel) -> Floats:
        """Return prices as they are: a new forecast has seen the hour before."""
        return prices
