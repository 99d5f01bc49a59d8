"""Middle, width and shape: the distribution of a number given features, learned crosswise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ._quantiles import LEVELS
from ._trees import Model, boosted

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
_SMALLEST = 0.02
"""Of an error before its logarithm is taken."""
_FEWEST = 400
"""Errors a cell needs for a shape of its own."""


@dataclass(frozen=True, eq=False)
class Shaped:
    """Quantiles of a target: `middle + width * shape of the cell`.

    Two models of the middle and two of the width are each trained on one half of the sample; an error is
    always taken from the pair that has not seen its half, so shapes are as wide as errors really are.

    Args:
        middles: Two models of the median.
        widths: Two models of the logarithm of the error.
        shapes: Quantiles of error over width for each cell, (cells, levels).
    """

    middles: tuple[Model, Model]
    widths: tuple[Model, Model]
    shapes: Array

    @classmethod
    def learn(cls, rows: Array, target: Array, half: NDArray[np.bool_], cell: Whole, **trees: float) -> Self:
        """Learn from a sample.

        Args:
            rows: (pairs, features).
            target: (pairs,).
            half: Which half a pair belongs to; pairs that share hours belong to the same, (pairs,).
            cell: Number of the shape a pair belongs to, (pairs,).
            trees: Number of trees, rate, leaves, seed, least rows of a leaf.
        """
        middles = _both(rows, target, half, "l1", **trees)
        error = target - _crosswise(middles, rows, half)
        size = np.log(np.abs(error) + _SMALLEST)
        widths = _both(rows, size, half, "l2", **trees)
        relative = error / np.exp(_crosswise(widths, rows, half))
        return cls(middles, widths, _shapes(relative, cell))

    def quantiles(self, rows: Array, cell: Whole, trust: Array) -> Array:
        """Values at `LEVELS`, (pairs, levels).

        Args:
            rows: (pairs, features).
            cell: As in `learn`, (pairs,).
            trust: Share of the learned middle to believe, (pairs,).
        """
        middle = trust * (self.middles[0](rows) + self.middles[1](rows)) / 2
        width = np.exp((self.widths[0](rows) + self.widths[1](rows)) / 2)
        values: Array = middle[:, None] + width[:, None] * self.shapes[cell]
        return values


def _both(
    rows: Array, target: Array, half: NDArray[np.bool_], loss: str, **trees: float
) -> tuple[Model, Model]:
    """A model of each half: the first of pairs where `half` is true."""
    first, second = (boosted(rows[part], target[part], loss, **trees) for part in (half, ~half))
    return first, second


def _crosswise(models: tuple[Model, Model], rows: Array, half: NDArray[np.bool_]) -> Array:
    """What the model that has not seen a pair says of it, (pairs,)."""
    answers = np.empty(len(rows))
    answers[~half], answers[half] = models[0](rows[~half]), models[1](rows[half])
    return answers


def _shapes(relative: Array, cell: Whole) -> Array:
    """Quantiles of each cell; of all pairs where a cell has few."""
    shapes = np.tile(np.quantile(relative, LEVELS), (int(cell.max()) + 1, 1))
    for number in np.unique(cell):
        inside = relative[cell == number]
        if len(inside) >= _FEWEST:
            shapes[number] = np.quantile(inside, LEVELS)
    return shapes
