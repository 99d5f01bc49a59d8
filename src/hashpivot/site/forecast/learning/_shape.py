"""Middle, width and shape: the distribution of a number given features, learned crosswise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from ...model import Bools, Floats, Whole
from ._quantiles import LEVELS
from ._trees import Model, boosted

_SMALLEST = 0.02
"""Of an error before its logarithm is taken."""
_CLASSES = (0.3, 0.6, 0.85, 0.95, 0.985)
"""Ranks of the width between which errors share a shape: wide ones are cut short by the price cap."""
_MEDIAN = int(np.flatnonzero(LEVELS == 0.5)[0])
_FEWEST = 150
"""Errors a class needs for a shape of its own."""


@dataclass(frozen=True, eq=False)
class Shaped:
    """Quantiles of a target: `middle + width * shape`, a shape for each group and class of width.

    Two models of the middle and two of the width are each trained on one half of the sample; an error is
    always taken from the pair that has not seen its half, so shapes are as wide as errors really are.

    Args:
        middles: Two models of the median.
        widths: Two models of the logarithm of the error.
        edges: Logarithms of width between classes, by group, (groups, classes - 1).
        shapes: Quantiles of error over width, (groups, classes, levels).
    """

    middles: tuple[Model, Model]
    widths: tuple[Model, Model]
    edges: Floats
    shapes: Floats

    @classmethod
    def learn(cls, rows: Floats, target: Floats, half: Bools, group: Whole, **trees: float) -> Self:
        """Learn from a sample.

        Args:
            rows: (pairs, features).
            target: (pairs,).
            half: Which half a pair belongs to; neighbours in time should belong to the same, (pairs,).
            group: Number of the pair's group, (pairs,).
            trees: Number of trees, rate, leaves, seed, least rows of a leaf.
        """
        middles = _both(rows, target, half, "l1", **trees)
        error = target - _crosswise(middles, rows, half)
        size = np.log(np.abs(error) + _SMALLEST)
        widths = _both(rows, size, half, "l2", **trees)
        width = _crosswise(widths, rows, half)
        edges = np.stack([np.quantile(width[inside], _CLASSES) for inside in _groups(group)])
        shapes = _shapes(error / np.exp(width), group, _class(width, edges[group]))
        return cls(middles, widths, edges, shapes)

    def quantiles(self, rows: Floats, group: Whole, trust: Floats) -> Floats:
        """Values at `LEVELS`, (pairs, levels).

        Args:
            rows: (pairs, features).
            group: As in `learn`, (pairs,).
            trust: Share of the learned middle, and of the median error, to believe, (pairs,).
        """
        middle = trust * (self.middles[0](rows) + self.middles[1](rows)) / 2
        width = (self.widths[0](rows) + self.widths[1](rows)) / 2
        shape = self.shapes[group, _class(width, self.edges[group])]
        shape = shape - (1 - trust)[:, None] * shape[:, _MEDIAN, None]
        values: Floats = middle[:, None] + np.exp(width)[:, None] * shape
        return values


def _both(rows: Floats, target: Floats, half: Bools, loss: str, **trees: float) -> tuple[Model, Model]:
    """A model of each half: the first of pairs where `half` is true."""
    first, second = (boosted(rows[part], target[part], loss, **trees) for part in (half, ~half))
    return first, second


def _crosswise(models: tuple[Model, Model], rows: Floats, half: Bools) -> Floats:
    """What the model that has not seen a pair says of it, (pairs,)."""
    answers = np.empty(len(rows))
    answers[~half], answers[half] = models[0](rows[~half]), models[1](rows[half])
    return answers


def _class(width: Floats, edges: Floats) -> Whole:
    """Class of each width between the edges of its group, (pairs,)."""
    return np.asarray((width[:, None] > edges).sum(axis=1), dtype=np.int64)


def _shapes(relative: Floats, group: Whole, of_width: Whole) -> Floats:
    """Quantiles of each group and class of width; of the whole group where a class has few errors."""
    shapes = np.empty((int(group.max()) + 1, len(_CLASSES) + 1, len(LEVELS)))
    for number, inside in enumerate(_groups(group)):
        shapes[number] = np.quantile(relative[inside], LEVELS)
        for each in range(len(_CLASSES) + 1):
            own = relative[inside & (of_width == each)]
            if len(own) >= _FEWEST:
                shapes[number, each] = np.quantile(own, LEVELS)
    return shapes


def _groups(group: Whole) -> Iterator[Bools]:
    """Which pairs are in each group; all of them for a group that has none."""
    for number in range(int(group.max()) + 1):
        inside = group == number
        yield inside if inside.any() else np.ones(len(group), dtype=bool)
