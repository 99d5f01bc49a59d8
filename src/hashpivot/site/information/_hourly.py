"""Forecasts issued anew as each hour begins, with the newest prices."""

from __future__ import annotations

import numpy as np

from ..model import Floats, Whole
from ..prices import Table
from ._issues import EDGES, LEARN_HOURS, RANKS, Lattice, Learned, followed, tails


class Hourly:
    """A forecast for each of the hours `first` to `first + N`, H hours ahead.

    Args:
        table: Prices.
        first: Position of the first hour with a forecast.
        edges: Price at each inner edge of rank, shape (N, H, RANKS - 1).
        middle: Typical price of each rank, shape (N, H, RANKS).
    """

    def __init__(self, table: Table, first: int, edges: Floats, middle: Floats) -> None:
        self._table, self._first, self._middle = table, first, middle
        self._places = first + np.arange(len(middle))[:, None] + np.arange(middle.shape[1])
        self._inside = self._places < table.hours
        self._places = np.minimum(self._places, table.hours - 1)
        self._ranks = (table.rt[self._places][:, :, None] > edges).sum(axis=2)
        self.rank = np.full(table.hours, -1)
        self.rank[first : first + len(middle)] = self._ranks[:, 0]

    def rank_before(self, every: Whole) -> Whole:
        """Nothing: a new forecast knows the hour before, and its first rank does not depend on it."""
        return np.zeros(len(every), dtype=np.int64)

    def learned(self, position: int) -> Learned:
        """What is known before an hour, from forecasts of the year before whose last hour is over."""
        hours = self._ranks.shape[1]
        end = max(position - self._first - hours + 1, 0)
        since = max(position - self._first - LEARN_HOURS, 0)
        ranks, middle = self._ranks[since:end], self._middle[since:end]
        follow = followed(ranks[:, :-1].ravel(), ranks[:, 1:].ravel())
        real = self._table.rt[self._places[since:end]].ravel()
        tail = tails(ranks.ravel(), middle.reshape(-1, RANKS), real)
        return Learned(follow, np.tile(np.diff(EDGES), (RANKS, 1)), tail)

    def lattice(self, first: int, end: int, learned: Learned) -> Lattice:
        """The forecasts that decide the hours `first` to `end`: each its own."""
        inside = slice(first - self._first, end - self._first)
        lengths = self._inside[inside].sum(axis=1)
        row = np.arange(end - first)
        prices = self._middle[inside] * learned.tail
        return Lattice(self._places[inside], prices, lengths, row, np.zeros_like(row))

    def moved(self, every: Whole, prices: Floats, learned: Learned) -> Floats:
        """Prices as they are: a new forecast has seen the hour before."""
        return prices
