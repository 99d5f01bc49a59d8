"""The outlook's market as it was estimated before half-lives: all of the last four years weighs the same.

It is the rival `tools/evaluate/outlook_market.py` calls the engine before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from statistics import fmean

import numpy as np

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory
from hashpivot.outlook import MarketEstimate, MarketParameters, NetworkModel
from hashpivot.outlook.inputs import EPOCH_DAYS, EPOCHS_PER_YEAR
from hashpivot.outlook.market._estimate import past_growth
from hashpivot.outlook.market._machines import Improvement

HALF_YEAR = round(EPOCHS_PER_YEAR / 2)


def parameters_before(history: NetworkHistory, estimate: MarketEstimate) -> MarketParameters:
    """Volatility, level and errors of growth from the four years; all else as `estimate` has it."""
    now = estimate.parameters
    return replace(
        now,
        price=replace(now.price, **_volatility(history, estimate), volatility_factor=1.0),
        network=_network(history, estimate),
    )


def _volatility(history: NetworkHistory, estimate: MarketEstimate) -> dict[str, float]:
    step = int(EPOCH_DAYS)
    held = (estimate.last_day - estimate.first_day).days // step
    returns = np.diff(np.log([row.price_usd for row in history[-1 - step * held :: step]]))
    volatility = sqrt(float((returns**2).mean()) * EPOCHS_PER_YEAR)
    return {"volatility": volatility, "drift_error": volatility / sqrt(held / EPOCHS_PER_YEAR)}


def _network(history: NetworkHistory, estimate: MarketEstimate) -> NetworkModel:
    network = estimate.parameters.network
    _, beyond, _ = past_growth(history, Improvement(history.last_day), network.lag_epochs)
    recent = round((estimate.last_day - estimate.first_day).days / 365.25 * EPOCHS_PER_YEAR)
    level = float(beyond[-recent:].mean())
    errors = (beyond[-recent:] - level).tolist()
    luck = 2 / BLOCKS_PER_EPOCH
    variance = fmean(error * error for error in errors)
    return replace(
        network,
        growth_level=level,
        growth_error=_slow_error(errors, variance - luck),
        shock=sqrt(max(variance - luck, luck)),
    )


def _slow_error(errors: Sequence[float], variance: float) -> float:
    """Standard deviation of half-years' means, less what chance gives."""
    means = [fmean(errors[end - HALF_YEAR : end]) for end in range(len(errors), HALF_YEAR - 1, -HALF_YEAR)]
    lasting = fmean(mean * mean for mean in means) - max(variance, 0.0) / HALF_YEAR
    return sqrt(max(lasting, max(variance, 0.0) / len(errors)))
