"""The next difficulty adjustment: time already spent in the epoch, and how fast the rest is likely to come.

An epoch of 2,016 blocks is a clock that is read every day: what it has taken so far is certain, only the rest
must be forecast. The pace of the rest is learned from the hash rate of the last days against the difficulty
in force, and from how the price has moved, since miners switch on after it rises. All of it needs blocks
counted day by day: interpolated ones know how long their epoch took.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import NoData

from ._day import MORE_DAYS_HINT
from ._network import NetworkHistory
from ._protocol import BLOCKS_PER_EPOCH, SECONDS_PER_BLOCK

Array = NDArray[np.float64]
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
LEARN_DAYS = 1461  # four years: about a hundred epochs
FEWEST_DAYS = 300  # to learn from: about twenty epochs
_SPANS = (3, 7, 14)  # days: today's hash rate, a week's, an epoch's
_PRICE_SPANS = (14, 30)  # days over which the price's rise is looked at: miners switch on after it
_RIDGE = 3.0  # the first form written down; nothing was chosen on the test days
_BLOCKS_PER_DAY = 86_400 / SECONDS_PER_BLOCK
_LARGEST = np.log(4.0)  # the protocol allows no larger change


@dataclass(frozen=True, slots=True)
class DifficultyForecast:
    """The next adjustment as seen at the end of a day.

    Args:
        as_of: Last day known.
        height: Height of the first block of the next epoch.
        blocks_left: Blocks still to come before it.
        days_left: Expected days until then.
        difficulty: In force.
        levels: Probabilities.
        change: Relative change of difficulty at each level, rising.
    """

    as_of: date
    height: int
    blocks_left: int
    days_left: float
    difficulty: float
    levels: tuple[float, ...]
    change: tuple[float, ...]

    @property
    def median_change(self) -> float:
        """Relative change with even odds."""
        return self.change[self.levels.index(0.5)]


@dataclass(frozen=True, eq=False)
class _Days:
    """The network day by day, as arrays.

    Args:
        height: Blocks so far at the end of each day.
        epoch: Number of the epoch the next block belongs to.
        spent: Days since the epoch's first block.
        done: Blocks of the epoch found.
        counted: Whether the blocks of the day, the epoch so far and the longest span were counted.
        features: (days, features), what is known at the end of the day.
        rest: Logarithm of the pace of the rest of the epoch over the protocol's; a gap in the last epoch.
        difficulty: In force for the next block.
    """

    height: Array
    epoch: Array
    spent: Array
    done: Array
    counted: NDArray[np.bool_]
    features: Array
    rest: Array
    difficulty: Array

    @property
    def left(self) -> Array:
        """Blocks of the epoch still to come."""
        return BLOCKS_PER_EPOCH - self.done


def next_difficulty(history: NetworkHistory, as_of: date | None = None) -> DifficultyForecast:
    """Forecast the next adjustment, from what was known at the end of `as_of`.

    The logarithm of the pace of the rest is a ridge regression on four years of days with counted blocks
    whose epoch had ended by then, each weighing as many blocks as were left; its errors, scaled by what
    chance alone does to so many blocks, give the distribution.

    Args:
        history: The network's history, such as `NetworkHistory.load()`.
        as_of: Last day used; default the last day of the history.

    Raises:
        NoData: If `as_of` lies outside the history, blocks of the running epoch are not counted, or fewer
            than 300 days can be learned from.
    """
    known = history if as_of is None else history.until(as_of)
    days = _days(known)
    today = len(days.rest) - 1
    usable = days.counted & np.isfinite(days.features).all(axis=1)
    if not usable[today]:
        raise NoData(
            f"the blocks of the epoch that ran on {known.last_day} are not counted day by day",
            hint=MORE_DAYS_HINT,
        )
    learn = np.flatnonzero(usable & np.isfinite(days.rest))[-LEARN_DAYS:]
    if len(learn) < FEWEST_DAYS:
        raise NoData(
            f"{len(learn)} days to {known.last_day} are too few to forecast difficulty from",
            hint=f"at least {FEWEST_DAYS} days with counted blocks are needed: {MORE_DAYS_HINT}",
        )
    weights = _ridge(days.features[learn], days.rest[learn], days.left[learn])
    chance = _chance(days.left)
    errors = (days.rest[learn] - days.features[learn] @ weights) / chance[learn]
    middle = float(days.features[today] @ weights)
    pace = middle + chance[today] * np.quantile(errors, LEVELS)
    left = days.left[today]
    whole = days.spent[today] + left / _BLOCKS_PER_DAY * np.exp(-pace)
    change = np.clip(np.log(BLOCKS_PER_EPOCH / _BLOCKS_PER_DAY / whole), -_LARGEST, _LARGEST)
    return DifficultyForecast(
        as_of=known.last_day,
        height=int(days.height[today] + left),
        blocks_left=int(left),
        days_left=float(left / _BLOCKS_PER_DAY * np.exp(-middle)),
        difficulty=float(days.difficulty[today]),
        levels=LEVELS,
        change=tuple(np.expm1(change).tolist()),
    )


def _chance(left: Array) -> Array:
    """Return the standard deviation of the pace of so many blocks, with a floor for hash rate that moves."""
    return np.sqrt(1 / np.maximum(left, 1) + 0.02**2)


def _ridge(rows: Array, target: Array, weight: Array) -> Array:
    scaled = rows * weight[:, None]
    weights: Array = np.linalg.solve(
        scaled.T @ rows + _RIDGE * weight.mean() * np.eye(rows.shape[1]), scaled.T @ target
    )
    return weights


def _days(known: NetworkHistory) -> _Days:
    height = np.array([row.height_end + 1 for row in known], dtype=np.float64)
    price = np.log([np.nan if row.close_usd is None else row.close_usd for row in known])
    work = np.array([row.blocks * row.difficulty for row in known])
    epoch = height // BLOCKS_PER_EPOCH
    done = height - epoch * BLOCKS_PER_EPOCH
    day = np.arange(len(height), dtype=np.float64)
    begun, ends = (np.interp(number * BLOCKS_PER_EPOCH, height, day) for number in (epoch, epoch + 1))
    rest_days = np.where(epoch < epoch[-1], ends - day, np.nan)
    rest = np.log((BLOCKS_PER_EPOCH - done) / _BLOCKS_PER_DAY / np.maximum(rest_days, 1e-3))
    difficulty = _in_force(known, epoch, done)
    paces = [np.log(_mean_over(work, span) / _BLOCKS_PER_DAY / difficulty) for span in _SPANS]
    moves = [_change_over(price, span) for span in _PRICE_SPANS]
    columns = [np.ones(len(day)), *paces, *moves]
    features = np.stack(columns, axis=1)
    return _Days(height, epoch, day - begun, done, _counted(known, day - begun), features, rest, difficulty)


def _counted(known: NetworkHistory, spent: Array) -> NDArray[np.bool_]:
    """Return whether blocks were counted on all days of the epoch so far and of the longest span."""
    counted = np.array([row.blocks_flag == "counted" for row in known])
    day = np.arange(len(counted))
    last_gap = np.maximum.accumulate(np.where(counted, -1, day))
    since = np.ceil(np.minimum(np.nan_to_num(spent), day)).astype(int)
    return np.asarray(day - last_gap >= np.maximum(since, max(_SPANS)), dtype=np.bool_)


def _in_force(known: NetworkHistory, epoch: Array, done: Array) -> Array:
    """Return the difficulty of the next block: the day's own, or on a day of change the new one implied."""
    of_day = np.array([row.difficulty for row in known])
    blocks = np.array([row.blocks for row in known], dtype=np.float64)
    before = np.concatenate([of_day[:1], of_day[:-1]])
    mixed = (done < blocks) & (done > 0)
    new = np.where(mixed, (of_day * blocks - before * (blocks - done)) / np.maximum(done, 1), of_day)
    return np.asarray(np.where(new > 0, new, of_day), dtype=np.float64)


def _mean_over(values: Array, span: int) -> Array:
    total = np.cumsum(values)
    sums = np.full(len(values), np.nan)
    sums[span:] = total[span:] - total[:-span]
    return sums / span


def _change_over(values: Array, span: int) -> Array:
    return np.concatenate([np.full(span, np.nan), values[span:] - values[:-span]])
