"""How the price's variance clusters: GARCH(1,1) on daily returns, and what it says of epochs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from ..inputs import EPOCH_DAYS, PriceModel

ALPHAS = np.linspace(0.02, 0.30, 15)
PERSISTENCES = np.array([0.90, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995])
"""The grid the likelihood is searched on: four years cannot tell finer values apart."""


@dataclass(frozen=True, slots=True)
class GarchFit:
    """Variance of a step's return: `level + persistence (h - level) + alpha (r^2 - h)`, from step to step.

    Args:
        level: Long-run variance of a step, the mean square of the returns.
        alpha: Weight of a squared return in excess of its variance.
        persistence: Share of the distance from `level` that is left a step later.
        now: Variance of the step after the last return.
        kurtosis: Of the standardised returns.
    """

    level: float
    alpha: float
    persistence: float
    now: float
    kurtosis: float


def fit_garch(returns: NDArray[np.float64]) -> GarchFit:
    """Fit by Gaussian quasi-likelihood on a grid, the long-run variance held at the mean square.

    Args:
        returns: Log returns of equal steps, oldest first, not all zero; their mean is taken as zero.
    """
    level = float(np.mean(returns**2))
    alpha, persistence = (grid.ravel() for grid in np.meshgrid(ALPHAS, PERSISTENCES))
    variances = np.empty((len(returns) + 1, alpha.size))
    variances[0] = level
    for step, square in enumerate(returns**2):
        before = variances[step]
        variances[step + 1] = level + persistence * (before - level) + alpha * (square - before)
    past = variances[:-1]
    loss = (np.log(past) + returns[:, None] ** 2 / past).sum(axis=0)
    best = int(loss.argmin())
    standardised = returns / np.sqrt(past[:, best])
    kurtosis = float(np.mean(standardised**4) / np.mean(standardised**2) ** 2)
    return GarchFit(level, float(alpha[best]), float(persistence[best]), float(variances[-1, best]), kurtosis)


def with_clusters(price: PriceModel, daily: GarchFit) -> PriceModel:
    """A price model whose epochs cluster as daily returns do.

    Persistence is the daily one over an epoch's days; variance at the start is the mean expected over the
    first epoch. The reaction gives the next epoch's variance the standard deviation that the daily model
    gives it: an epoch's squared return is a noisier measure of variance than the sum of daily squares.
    """
    days = EPOCH_DAYS
    persistence = daily.persistence**days
    reach = (1 - persistence) / (1 - daily.persistence)
    ratio = 1 + (daily.now / daily.level - 1) * reach / days
    reaction = daily.alpha * reach**2 / days * sqrt(max(0.0, daily.kurtosis - 1) / days / 2)
    return replace(
        price,
        volatility_factor=min(5.0, max(0.1, sqrt(ratio))),
        persistence=persistence,
        reaction=min(0.9, persistence, reaction),
    )
