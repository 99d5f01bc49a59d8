"""A plain rival of the outlook's market: GARCH(1,1) of each quantity by itself, normal shocks.

Price: daily returns without mean. Hashprice and difficulty: changes over 14 days with a constant mean.
Four years of history, simulated; means over windows are those of the levels in between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.outlook import MarketEstimate
from hashpivot.outlook.market._start import MarketStart

Log = NDArray[np.float64]
YEARS = 4
STEP_DAYS = {"price": 1, "hashprice": 14, "difficulty": 14}

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
    """

    level: float
    alpha: float
    persistence: float
    now: float


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
    return GarchFit(level, float(alpha[best]), float(persistence[best]), float(variances[-1, best]))


def plain_garch(
    paths: int, window_days: int, windows: int
) -> Callable[[NetworkHistory, MarketStart, MarketEstimate, int], Mapping[str, Log]]:
    """A model that gives log means by quantity, shape `(windows, paths)`."""

    def model(
        history: NetworkHistory, start: MarketStart, estimate: MarketEstimate, seed: int
    ) -> Mapping[str, Log]:
        random = np.random.default_rng(seed)
        return {
            name: _window_means(_simulated(past(history, name), step, days, paths, random), window_days)
            for name, step in STEP_DAYS.items()
        }

    days = window_days * windows
    return model


def past(history: NetworkHistory, name: str) -> Log:
    """Logs of a quantity on the days of the last four years."""
    rows = history[-round(365.25 * YEARS) :]
    if name == "price":
        return np.log([row.price_usd for row in rows])
    if name == "difficulty":
        return np.log([row.hash_rate_ehs for row in rows])
    return np.log([row.hashprice_usd_per_ph_day(history.fees(row.day).btc) for row in rows])


def _simulated(logs: Log, step: int, days: int, paths: int, random: np.random.Generator) -> Log:
    """Log levels day by day, shape `(days + 1, paths)`: straight lines between steps."""
    changes = np.diff(logs[::-1][::step][::-1])
    mean = 0.0 if step == 1 else float(changes.mean())
    fit = fit_garch(changes - mean)
    count = -(-days // step)
    levels = np.empty((count + 1, paths))
    levels[0] = logs[-1]
    variance = np.full(paths, fit.now)
    for number in range(count):
        move = np.sqrt(variance) * random.standard_normal(paths)
        levels[number + 1] = levels[number] + mean + move
        variance = fit.level + fit.persistence * (variance - fit.level) + fit.alpha * (move**2 - variance)
    whole, part = np.divmod(np.arange(days + 1), step)
    after = np.minimum(whole + 1, count)
    share = (part / step)[:, None]
    return levels[whole] * (1 - share) + levels[after] * share


def _window_means(levels: Log, window_days: int) -> Log:
    daily = np.exp(levels[1:])
    means: Log = daily.reshape(-1, window_days, daily.shape[1]).mean(axis=1)
    return np.log(means)
