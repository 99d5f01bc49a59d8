"""Hashprice of the days ahead: the price may go anywhere, the next difficulty is half known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import InvalidInput

from ._network import NetworkHistory
from ._next_difficulty import LEVELS, DifficultyForecast, next_difficulty
from ._protocol import BLOCKS_PER_HALVING, SECONDS_PER_BLOCK

Array = NDArray[np.float64]
LONGEST_DAYS = 30  # farther ahead a second adjustment matters, which is left out
_LEARN_DAYS = 730  # judged: two years of price moves
_BLOCKS_PER_DAY = 86_400 // SECONDS_PER_BLOCK


@dataclass(frozen=True, eq=False)
class HashpriceForecast:
    """Hashprice of days to come.

    Args:
        as_of: Last day known.
        levels: Probabilities.
        values_usd_per_ph_day: Rising along the second axis, (days, levels); row 0 is the day after `as_of`.
        difficulty: The adjustment it counts on.
    """

    as_of: date
    levels: tuple[float, ...]
    values_usd_per_ph_day: Array
    difficulty: DifficultyForecast


def next_hashprices(history: NetworkHistory, days: int = 14, as_of: date | None = None) -> HashpriceForecast:
    """Forecast the hashprice of the `days` days after `as_of`, from what was known at its end.

    The price is a walk without drift whose steps are those of the last two years. From the day the epoch is
    expected to end, each outcome of `next_difficulty` divides it; a second adjustment is left out, and so the
    spread of the last days a little too narrow. Fees keep today's share; a halving on the way halves the
    rest.

    Args:
        history: The network's history, such as `NetworkHistory.load()`.
        days: 1 to 30.
        as_of: Last day used; default the last day of the history.

    Raises:
        InvalidInput: If `days` is out of range.
        NoData: As `next_difficulty`.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput(f"{days} days ahead", hint=f"1 to {LONGEST_DAYS} can be forecast")
    adjustment = next_difficulty(history, as_of)
    known = history.until(adjustment.as_of)
    today = known.hashprice_usd_per_ph_day(known.last_day)
    subsidy_share = known[-1].subsidy_hashprice_usd_per_ph_day / today
    learn = known[-_LEARN_DAYS - LONGEST_DAYS :]
    price = np.log([row.close_usd for row in learn if row.close_usd is not None])
    rows = []
    for ahead in range(1, days + 1):
        price_ratio = np.exp(_centred(price[ahead:] - price[:-ahead]))
        harder = 1 + np.array(adjustment.change if ahead > adjustment.days_left else (0.0,))
        outcomes = price_ratio[:, None] / harder
        weights = np.broadcast_to(_weights(len(harder)), outcomes.shape)
        left = 1 - subsidy_share / 2 if _halves(known, ahead) else 1.0
        rows.append(today * left * _quantiles(outcomes.ravel(), weights.ravel()))
    return HashpriceForecast(adjustment.as_of, LEVELS, np.array(rows), adjustment)


def _centred(moves: Array) -> Array:
    return moves - np.median(moves)


def _weights(count: int) -> Array:
    """Return the probability each level stands for."""
    if count == 1:
        return np.ones(1)
    levels = np.array(LEVELS)
    return np.diff(np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]]))


def _quantiles(values: Array, weights: Array) -> Array:
    order = np.argsort(values)
    heap = np.cumsum(weights[order])
    return np.asarray(values[order][np.searchsorted(heap, np.array(LEVELS) * heap[-1])], dtype=np.float64)


def _halves(known: NetworkHistory, ahead: int) -> bool:
    """Return whether the subsidy is expected to halve within so many days."""
    height = known[-1].height_end
    return (height + ahead * _BLOCKS_PER_DAY) // BLOCKS_PER_HALVING > height // BLOCKS_PER_HALVING
