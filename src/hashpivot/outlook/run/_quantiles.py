"""Quantiles of many values in no particular order, found near where a sample says they are.

Source: Floyd and Rivest (1975), Communications of the ACM 18(3): the values between two of a sorted sample
that enclose a quantile are few; only they need ordering. What comes out is what NumPy finds, to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEW = 20_000
"""Up to so many values ordering them all is as fast."""

SAMPLED = 16
"""One value in so many is in the sample."""

DEVIATIONS = 3
"""Standard deviations of a sample's quantile between the enclosing values and the expected one."""


def quantiles(values: NDArray[Any], levels: Sequence[float]) -> NDArray[np.float64]:
    """`np.quantile(values, levels)`: linear between neighbours.

    Args:
        values: Numbers, at least one, none NaN; a quantile beside infinite ones is infinite or NaN.
        levels: Between 0 and 1.
    """
    with np.errstate(invalid="ignore"):
        return _quantiles(values, levels)


def _quantiles(values: NDArray[Any], levels: Sequence[float]) -> NDArray[np.float64]:
    if values.size <= FEW:
        return np.asarray(np.quantile(values, levels))
    sample = np.sort(values[::SAMPLED])
    if sample[0] == sample[-1] and (values == sample[0]).all():
        return np.full(len(levels), sample[0], dtype=np.float64)
    return np.array([_quantile(values, sample, level) for level in levels])


def _quantile(values: NDArray[Any], sample: NDArray[Any], level: float) -> float:
    at = level * (values.size - 1)
    margin = DEVIATIONS * sqrt(sample.size * level * (1 - level)) + 1
    first, last = int(level * sample.size - margin), int(level * sample.size + margin)
    low, high = sample[max(first, 0)], sample[min(last, sample.size - 1)]
    enclosed = values >= low
    rank = int(at) - (values.size - int(np.count_nonzero(enclosed)))
    enclosed &= values <= high
    if not 0 <= rank < np.count_nonzero(enclosed) - 1:
        return float(np.quantile(values, [level])[0])
    if low == high:
        return float(low)
    inside = values.compress(enclosed)
    inside.partition([rank, rank + 1])
    return _between(inside[rank : rank + 2], at - int(at))


def _between(pair: NDArray[Any], share: float) -> float:
    """The value that far on the way from the first to the second, rounded as NumPy does."""
    step = float(pair[1] - pair[0])
    return float(pair[0]) + step * share if share < 0.5 else float(pair[1]) - step * (1 - share)
