"""Lasso for many targets at once, on the Gram matrix, started from an earlier answer."""

from __future__ import annotations

import numpy as np

from ...model import Floats

_BLOCK = 16


def lasso(
    gram: Floats,
    moment: Floats,
    penalty: float,
    start: Floats | None = None,
    *,
    tolerance: float = 2e-3,
    most_sweeps: int = 60,
) -> Floats:
    """Weights that minimise `w'Gw / 2 - w'm + penalty * |w|_1`, each target (column of `moment`) by itself.

    Cyclic coordinate descent (Friedman, Hastie, Tibshirani 2010). The targets share the features, so one
    coordinate of all of them moves at once; coordinates are taken in blocks so that most of the work is a
    matrix product. From yesterday's weights a few sweeps are enough.

    Args:
        gram: `X'X / n`, (features, features).
        moment: `X'Y / n`, (features, targets).
        penalty: Weight of the absolute values, in units of `moment`.
        start: Weights to begin with, (features, targets); zeros without.
        tolerance: Done when no weight moved by more than this in a sweep.
        most_sweeps: Done in any case after so many sweeps.

    Returns:
        Weights, (features, targets).
    """
    weights = np.zeros_like(moment) if start is None else start.copy()
    rest = moment - gram @ weights
    for _ in range(most_sweeps):
        moved = 0.0
        for first in range(0, len(gram), _BLOCK):
            block = slice(first, first + _BLOCK)
            change = _descend(gram[block, block], rest[block].copy(), weights[block], penalty)
            rest -= gram[:, block] @ change
            moved = max(moved, float(np.abs(change).max()))
        if moved < tolerance:
            break
    return weights


def _descend(gram: Floats, rest: Floats, weights: Floats, penalty: float) -> Floats:
    """One pass over a block: moves `weights` in place, gives by how much; `rest` is used up."""
    before = weights.copy()
    for j, scale in enumerate(gram.diagonal()):
        if scale <= 0:
            continue
        pull = rest[j] + scale * weights[j]
        new = np.copysign(np.maximum(np.abs(pull) - penalty, 0.0), pull) / scale
        rest -= gram[:, j, None] * (new - weights[j])
        weights[j] = new
    return weights - before
