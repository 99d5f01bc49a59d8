"""Forecasts issued one after another, and what their ranks of price teach.

A price is placed within its forecast by rank. How ranks follow one another, and how far the highest lie, is
learned from the year before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..forecast import Quantiles
from ..model import Floats, Whole
from ..prices import Table

EDGES = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99, 1.0])
"""Ranks between which prices count as alike."""
RANKS = len(EDGES) - 1
LEARN_HOURS = 8760
"""Hours before a month that its decisions learn from."""
_PRIOR = 20.0
_TAIL_FROM = 5
_MOST_TAIL = 8.0
_FEWEST_TAIL = 10
_MIDDLE_RANK = 2
_SHIFT = 15.0
"""Added to prices before their ratio is taken, so that prices around zero do no harm."""


@dataclass(frozen=True, eq=False)
class Issue:
    """One forecast.

    Args:
        first: Position of the first hour it covers.
        end: Position after the last.
        edges: Price at each inner edge of rank, shape (hours, RANKS - 1).
        middle: Typical price of each rank, shape (hours, RANKS).
    """

    first: int
    end: int
    edges: Floats
    middle: Floats

    @classmethod
    def of(cls, first: int, quantiles: Quantiles) -> Issue:
        """The forecast of consecutive hours from `first` on."""
        edges, middle = ranked(quantiles)
        return cls(first, first + len(middle), edges, middle)

    def middle_at(self, t: int) -> Floats:
        """Typical price of each rank in an hour, or in the nearest it covers."""
        middle: Floats = self.middle[min(max(t - self.first, 0), len(self.middle) - 1)]
        return middle


@dataclass(frozen=True, eq=False)
class Learned:
    """What a month's decisions take from the year before it.

    Args:
        follow: Probability that a rank is followed by each, shape (RANKS, RANKS).
        begin: The same of a forecast's first hour after the hour before it, shape (RANKS, RANKS).
        tail: Factor on the typical price of each rank, shape (RANKS,).
    """

    follow: Floats
    begin: Floats
    tail: Floats

    @property
    def share(self) -> Floats:
        """How often each rank comes, shape (RANKS,)."""
        return np.diff(EDGES)


@dataclass(frozen=True, eq=False)
class Lattice:
    """Prices of I forecasts over H hours at K ranks, and which of them decides each of T hours.

    Args:
        positions: Hours covered, the last repeated where a forecast is shorter, shape (I, H).
        prices: Price of each rank, shape (I, H, K).
        lengths: Hours each forecast covers, shape (I,).
        row: Forecast each hour is decided by, shape (T,).
        hour: Its place within that forecast, shape (T,).
    """

    positions: Whole
    prices: Floats
    lengths: Whole
    row: Whole
    hour: Whole


class Daily:
    """Forecasts that each hold until the next.

    Args:
        table: Prices.
        issues: By rising first hour.
    """

    def __init__(self, table: Table, issues: list[Issue]) -> None:
        self._table, self.issues = table, issues
        self.starts = np.array([issue.first for issue in issues], dtype=np.int64)

    @cached_property
    def issue_of(self) -> Whole:
        """Number of the issue in force in each hour of the table, -1 before the first."""
        return np.searchsorted(self.starts, np.arange(self._table.hours), side="right") - 1

    @cached_property
    def rank(self) -> Whole:
        """Rank of each hour's real-time price within the forecast in force, -1 where none was."""
        ranks = np.full(self._table.hours, -1)
        for number, issue in enumerate(self.issues):
            end = self.starts[number + 1] if number + 1 < len(self.starts) else issue.end
            hours = np.arange(issue.first, min(end, issue.end))
            ranks[hours] = (self._table.rt[hours, None] > issue.edges[: len(hours)]).sum(axis=1)
        return ranks

    def rank_before(self, every: Whole) -> Whole:
        """Rank of the hour before each; one in the middle where none was."""
        ranks = self.rank[every - 1]
        return np.where(ranks >= 0, ranks, _MIDDLE_RANK)

    def learned(self, position: int) -> Learned:
        """What is known before an hour, from the year up to it."""
        since = max(0, position - LEARN_HOURS)
        ranks = self.rank[since:position]
        seen = since + np.flatnonzero(ranks >= 0)
        typical = np.array([self._middle(int(t)) for t in seen]).reshape(-1, RANKS)
        there = (ranks[:-1] >= 0) & (ranks[1:] >= 0)
        follow = followed(ranks[:-1][there], ranks[1:][there])
        return Learned(follow, follow, tails(self.rank[seen], typical, self._table.rt[seen]))

    def lattice(self, first: int, end: int, learned: Learned) -> Lattice:
        """The forecasts that decide the hours `first` to `end`."""
        every = np.arange(first, end)
        numbers, row = np.unique(self.issue_of[every], return_inverse=True)
        issues = [self.issues[n] for n in numbers]
        return lattice_of(issues, learned, row, every - self.starts[numbers][row])

    def moved(self, every: Whole, prices: Floats, learned: Learned) -> Floats:
        """Prices of each rank, shape (T, K), moved by how far the hour before lay outside its forecast.

        Where the last price seen is below the lowest rank's or above the highest's, the forecast is not
        believed: its prices are multiplied by what would have put that rank on the price seen, and raised no
        further than to the highest price seen yet.
        """
        last = self._table.rt[every - 1]
        there = self.issue_of[every - 1] >= 0
        before = np.array([self._middle(int(t)) for t in every[there] - 1]).reshape(-1, RANKS) * learned.tail
        nearest = last.copy()
        nearest[there] = np.clip(last[there], before[:, 0], before[:, -1])
        factor = np.maximum(last + _SHIFT, 1.0) / np.maximum(nearest + _SHIFT, 1.0)
        highest = np.maximum.accumulate(self._table.rt[: every[-1]])[every - 1]
        moved = (prices + _SHIFT) * factor[:, None] - _SHIFT
        return np.minimum(moved, np.maximum(prices, highest[:, None]))

    def _middle(self, t: int) -> Floats:
        return self.issues[self.issue_of[t]].middle_at(t)


def lattice_of(issues: list[Issue], learned: Learned, row: Whole, hour: Whole) -> Lattice:
    """Forecasts of different lengths side by side."""
    lengths = np.array([issue.end - issue.first for issue in issues])
    positions = np.empty((len(issues), lengths.max()), dtype=np.int64)
    prices = np.empty((*positions.shape, RANKS))
    for n, issue in enumerate(issues):
        positions[n] = np.minimum(np.arange(issue.first, issue.first + lengths.max()), issue.end - 1)
        prices[n] = issue.middle[positions[n] - issue.first] * learned.tail
    return Lattice(positions, prices, lengths, row, hour)


def ranked(quantiles: Quantiles) -> tuple[Floats, Floats]:
    """Prices at the inner edges of ranks (..., RANKS - 1) and typical ones of each rank (..., RANKS)."""
    levels, values = quantiles.levels, np.maximum.accumulate(quantiles.values_usd_per_mwh, axis=-1)
    return _at(EDGES[1:-1], levels, values), _at((EDGES[:-1] + EDGES[1:]) / 2, levels, values)


def followed(before: Whole, after: Whole) -> Floats:
    """How ranks follow one another, drawn towards how often they come, shape (RANKS, RANKS)."""
    counts = np.tile(_PRIOR * np.diff(EDGES), (RANKS, 1))
    np.add.at(counts, (before, after), 1.0)
    return counts / counts.sum(axis=1, keepdims=True)


def tails(ranks: Whole, typical: Floats, real: Floats) -> Floats:
    """How far real prices (N,) of the highest ranks lay above those typical of them (N, RANKS)."""
    factor = np.ones(RANKS)
    for rank in range(_TAIL_FROM, RANKS):
        inside = ranks == rank
        total = typical[inside, rank].sum()
        if inside.sum() >= _FEWEST_TAIL and total > 0:
            factor[rank] = np.clip(real[inside].sum() / total, 1 / _MOST_TAIL, _MOST_TAIL)
    return factor


def _at(wanted: Floats, levels: Floats, values: Floats) -> Floats:
    """Values at other levels, straight lines between those given, flat beyond; shape (..., wanted)."""
    right = np.clip(np.searchsorted(levels, wanted), 1, len(levels) - 1)
    low, high = levels[right - 1], levels[right]
    weight = np.clip((wanted - low) / (high - low), 0.0, 1.0)
    between: Floats = values[..., right - 1] * (1 - weight) + values[..., right] * weight
    return between
