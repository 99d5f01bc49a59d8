"""The outlook's market as it was estimated before half-lives: all of the last four years weighs the same.

It is the rival `tools/evaluate/outlook_market.py` calls the engine before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log, sqrt
from statistics import fmean, median

import numpy as np

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory
from hashpivot.outlook import MarketEstimate, MarketParameters, NetworkModel
from hashpivot.outlook.inputs import EPOCH_DAYS, EPOCHS_PER_YEAR, FeeModel
from hashpivot.outlook.market._estimate import autoregression, past_fees, past_growth, transitions
from hashpivot.outlook.market._machines import Improvement

HALF_YEAR, BUSY = round(EPOCHS_PER_YEAR / 2), 3.0


def parameters_before(history: NetworkHistory, estimate: MarketEstimate) -> MarketParameters:
    """Volatility, fees, level and errors of growth from the four years; all else as `estimate` has it."""
    now = estimate.parameters
    return replace(
        now,
        price=replace(now.price, **_volatility(history, estimate), volatility_factor=1.0),
        fees=fees_before(history, estimate.first_day),
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


def fees_before(history: NetworkHistory, first: date) -> FeeModel:
    """Epochs of more than three times the median of the year around are busy."""
    held = ((history.last_day - first).days + 1) // int(EPOCH_DAYS)
    levels = past_fees(history, 5)[-held:]
    around = int(EPOCHS_PER_YEAR / 2)
    usual = [median(levels[max(0, k - around) : k + around + 1]) for k in range(len(levels))]
    busy = [level > BUSY * middle for level, middle in zip(levels, usual, strict=True)]
    calm = median(
        level for level, high in zip(levels[-2 * around :], busy[-2 * around :], strict=True) if not high
    )
    factors = [level / middle for level, middle, high in zip(levels, usual, busy, strict=True) if high]
    factor = median(factors) if factors else 2 * BUSY
    noise = [
        log(max(level, 1e-6) / (middle * (factor if high else 1)))
        for level, middle, high in zip(levels, usual, busy, strict=True)
    ]
    persistence, spread = autoregression(noise)
    enter, leave = transitions(busy)
    return FeeModel(calm, factor, enter, leave, persistence, spread)


def _slow_error(errors: Sequence[float], variance: float) -> float:
    """Standard deviation of half-years' means, less what chance gives."""
    means = [fmean(errors[end - HALF_YEAR : end]) for end in range(len(errors), HALF_YEAR - 1, -HALF_YEAR)]
    lasting = fmean(mean * mean for mean in means) - max(variance, 0.0) / HALF_YEAR
    return sqrt(max(lasting, max(variance, 0.0) / len(errors)))
