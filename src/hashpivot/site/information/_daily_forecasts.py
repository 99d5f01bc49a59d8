"""Forecasts issued each afternoon, each in force until the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..forecast import Quantiles
from ..model import Floats, Whole
from ..prices import PriceHistory
from ._price_ranks import (
    LEARN_HOURS,
    RANKS,
    PriceLattice,
    RankModel,
    rank_transitions,
    ranked,
    staying,
    tail_factors,
)

_MIDDLE_RANK = 2
_SHIFT = 15.0
"""USD/MWh added to prices before their ratio is taken, so that prices around zero do no harm."""


@dataclass(frozen=True, eq=False)
class ForecastVintage:
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
    def of(cls, first: int, quantiles: Quantiles) -> ForecastVintage:
        """Return the forecast of consecutive hours from `first` on."""
        edges, middle = ranked(quantiles)
        return cls(first, first + len(middle), edges, middle)

    def middle_at(self, every: Whole) -> Floats:
        """Return the typical price of each rank in hours, or in the nearest it covers, shape (T, K)."""
        middle: Floats = self.middle[np.clip(every - self.first, 0, len(self.middle) - 1)]
        return middle


class DailyForecasts:
    """Forecasts that are each in force until the next.

    Args:
        prices: Prices.
        vintages: By rising first hour.
    """

    def __init__(self, prices: PriceHistory, vintages: list[ForecastVintage]) -> None:
        self._prices, self.vintages = prices, vintages
        self.starts = np.array([vintage.first for vintage in vintages], dtype=np.int64)

    @cached_property
    def vintage_of(self) -> Whole:
        """Number of the forecast in force in each hour, -1 before the first."""
        return np.searchsorted(self.starts, np.arange(self._prices.hours), side="right") - 1

    @cached_property
    def typical(self) -> Floats:
        """Typical price of each rank by the forecast in force in each hour, not a number before the first."""
        typical = np.full((self._prices.hours, RANKS), np.nan)
        ends = [*self.starts[1:].tolist(), self._prices.hours]
        for vintage, end in zip(self.vintages, ends, strict=False):  # no forecast, no end
            typical[vintage.first : end] = vintage.middle_at(np.arange(vintage.first, end))
        return typical

    @cached_property
    def rank(self) -> Whole:
        """Rank of each hour's real-time price within the forecast in force, -1 where none was."""
        ranks = np.full(self._prices.hours, -1)
        for number, vintage in enumerate(self.vintages):
            end = self.starts[number + 1] if number + 1 < len(self.starts) else vintage.end
            hours = np.arange(vintage.first, min(end, vintage.end))
            ranks[hours] = (self._prices.rt[hours, None] > vintage.edges[: len(hours)]).sum(axis=1)
        return ranks

    def rank_before(self, every: Whole) -> Whole:
        """Return the rank of the hour before each; one in the middle where no forecast was."""
        ranks = self.rank[every - 1]
        return np.where(ranks >= 0, ranks, _MIDDLE_RANK)

    def learned(self, position: int) -> RankModel:
        """Learn how ranks behave from the year up to an hour."""
        since = max(0, position - self._prices.intervals(LEARN_HOURS))
        ranks = self.rank[since:position]
        covered = since + np.flatnonzero(ranks >= 0)
        typical = self.typical[covered]
        there = (ranks[:-1] >= 0) & (ranks[1:] >= 0)
        before, after = ranks[:-1][there], ranks[1:][there]
        stays = staying(before, after) if self._prices.minutes < 60 else 0.0  # hours were judged without
        transition = rank_transitions(before, after, stays)
        factor = tail_factors(self.rank[covered], typical, self._prices.rt[covered])
        return RankModel(transition, transition, factor)

    def lattice(self, first: int, end: int, learned: RankModel) -> PriceLattice:
        """Return the forecasts that decide the hours `first` to `end`."""
        every = np.arange(first, end)
        numbers, row = np.unique(self.vintage_of[every], return_inverse=True)
        vintages = [self.vintages[n] for n in numbers]
        return lattice_of(vintages, learned, row, every - self.starts[numbers][row])

    def shift_to_last_price(self, every: Whole, prices: Floats, learned: RankModel) -> Floats:
        """Shift prices of each rank by how far the hour before lay outside its forecast.

        Where the last price is below the lowest rank's or above the highest's, the forecast is not believed:
        its prices are multiplied by what would have put that rank on the last price, and raised no further
        than to the highest price so far.

        Args:
            every: Positions of hours, shape (T,).
            prices: Price of each rank in each, shape (T, K), which is that of the result.
            learned: What the forecasts are read with.
        """
        highest = np.maximum.accumulate(self._prices.rt[: every[-1]])[every - 1]
        shifted = scaled(prices, self.outside(every - 1, learned)[:, None])
        return np.minimum(shifted, np.maximum(prices, highest[:, None]))

    def outside(self, every: Whole, learned: RankModel) -> Floats:
        """Return how far prices lay outside their forecast: the factor from its nearest rank, shape (T,).

        Args:
            every: Positions of hours whose price is known, shape (T,).
            learned: What the forecasts are read with.
        """
        price, there = self._prices.rt[every], self.vintage_of[every] >= 0
        typical = self.typical[every[there]] * learned.tail_factor
        nearest = price.copy()
        nearest[there] = np.clip(price[there], typical[:, 0], typical[:, -1])
        factor: Floats = np.maximum(price + _SHIFT, 1.0) / np.maximum(nearest + _SHIFT, 1.0)
        return factor


def scaled(prices: Floats, factor: Floats) -> Floats:
    """Return prices times a factor, as `DailyForecasts.outside` gives it; 1 leaves them as they are."""
    return (prices + _SHIFT) * factor - _SHIFT


def lattice_of(vintages: list[ForecastVintage], learned: RankModel, row: Whole, hour: Whole) -> PriceLattice:
    """Return forecasts of different lengths side by side."""
    lengths = np.array([vintage.end - vintage.first for vintage in vintages])
    positions = np.empty((len(vintages), lengths.max()), dtype=np.int64)
    prices = np.empty((*positions.shape, RANKS))
    for n, vintage in enumerate(vintages):
        positions[n] = np.minimum(np.arange(vintage.first, vintage.first + lengths.max()), vintage.end - 1)
        prices[n] = vintage.middle[positions[n] - vintage.first] * learned.tail_factor
    return PriceLattice(positions, prices, lengths, row, hour)
