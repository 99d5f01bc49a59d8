"""Lasso for many targets at once: exact, on the Gram matrix, from the features an earlier answer uses."""

from __future__ import annotations

import numpy as np

from ...model import Floats

_RIDGE = 1e-6
"""Added to the diagonal, so that equal features have one answer."""
_MOST_STEPS = 2_000
"""Of one target; some two for each feature that comes in or goes out."""


def lasso(
    gram: Floats,
    moment: Floats,
    penalty: Floats | float,
    start: Floats | None = None,
    *,
    tolerance: float = 1e-4,
) -> Floats:
    """Weights that minimise `w'Gw / 2 - w'm + penalty * |w|_1`, each target (column of `moment`) by itself.

    Active-set method (feature-sign search; Lee, Battle, Raina, Ng 2007): solve for the features in use with
    their signs held, drop the first one whose sign would change, else add the feature that pulls hardest.
    From yesterday's weights that is a handful of small linear systems.

    Args:
        gram: `X'X / n`, (features, features).
        moment: `X'Y / n`, (features, targets).
        penalty: Weight of the absolute values in units of `moment`; one number, or one a target.
        start: Weights to begin with, (features, targets); zeros without.
        tolerance: Pull beyond the penalty that is let be, in units of `moment`.

    Returns:
        Weights, (features, targets).
    """
    weights = np.zeros_like(moment) if start is None else start.copy()
    gram = gram + _RIDGE * np.eye(len(gram))
    penalties = np.broadcast_to(penalty, moment.shape[1])
    for target in range(moment.shape[1]):
        _solve(gram, moment[:, target], float(penalties[target]), weights[:, target], tolerance)
    return weights


def _solve(gram: Floats, moment: Floats, penalty: float, weights: Floats, tolerance: float) -> None:
    """Move `weights` of one target to the minimum."""
    signs = np.sign(weights)
    for _ in range(_MOST_STEPS):
        used = np.flatnonzero(signs)
        rows = gram[used]
        goal = np.linalg.solve(rows[:, used], moment[used] - penalty * signs[used])
        flipped = np.flatnonzero(goal * signs[used] <= 0)
        if len(flipped):
            now = weights[used]
            reach = now[flipped] / (now[flipped] - goal[flipped])
            first = reach.argmin()
            weights[used] = now + reach[first] * (goal - now)
            gone = used[flipped[first]]
            weights[gone] = signs[gone] = 0.0
            continue
        weights[used] = goal
        pull = moment - goal @ rows
        beyond = np.abs(pull) - penalty
        beyond[used] = -np.inf
        hardest = beyond.argmax()
        if beyond[hardest] <= tolerance:
            return
        signs[hardest] = np.sign(pull[hardest])
