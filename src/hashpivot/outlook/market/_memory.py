"""How far back the market's estimates look: half-lives, and means weighted by age."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class MarketMemory:
    """Half-lives in years, chosen on the years to 2021 by `tools/evaluate/market_choice.py`.

    Args:
        recent_volatility: Of squared daily returns in the volatility the price starts with.
        usual_volatility: Of those in the volatility it reverts to.
        reversion: Of the distance between the two variances, on a path.
        growth: Of past growth of difficulty in the level that is projected.
        growth_error: Of what such levels missed.
    """

    recent_volatility: float = 0.25
    usual_volatility: float = 3.0
    reversion: float = 1.0
    growth: float = 0.5
    growth_error: float = 1.0


MEMORY = MarketMemory()
"""What the package uses."""


def half_life_mean(values: NDArray[np.float64], half_life: float) -> float:
    """Mean of values, oldest first, each weighing half as much as the one a half-life later."""
    weights = 0.5 ** (np.arange(len(values))[::-1] / half_life)
    return float(weights @ values / weights.sum())


def running_means(values: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
    """Such a mean of the values up to each, it included."""
    kept, weight, total = 0.5 ** (1 / half_life), 0.0, 0.0
    means = np.empty(len(values))
    for place, value in enumerate(values):
        total, weight = total * kept + value, weight * kept + 1
        means[place] = total / weight
    return means
