"""LEAR: a lasso for each hour of the day on what is known the day before, refitted every day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model import Floats
from ..learning import Stabiliser, lasso
from ._member_inputs import MemberInputs
from ._panel import LAGS, LONGEST_LAG, DailyPanel

STRENGTHS = (0.15, 0.3, 0.6)
"""Of the penalty, in units of the noise (`_scaled_lassos`); docs/methods/forecast.md says how chosen."""
_FIRST_ROUNDS = 4  # judged: noise and weights hardly move after that
_FEWEST_FREE = 0.2  # judged: keeps the noise finite where a window has as many weights as days
_BEYOND = 0.5  # stabilised units; docs/methods/forecast.md says when it was added and what it changed


@dataclass(frozen=True, slots=True)
class LinearDays:
    """A lasso fitted on a span of days: 24 targets on shared features.

    Args:
        design: Standardised features of the span and of the days after it, (rows, features).
        weights: Mean over the strengths of the penalty, (features, 24).
        intercept: (24,), stabilised.
        scale: How prices were variance-stabilised.
        limits: Lowest and highest stabilised price a forecast may take.
        each: Weights of every strength, to start a later fit from, (strengths, features, 24).
    """

    design: Floats
    weights: Floats
    intercept: Floats
    scale: Stabiliser
    limits: tuple[float, float]
    each: Floats

    @property
    def fitted(self) -> Floats:
        """Fitted and forecast prices in stabilised units, (rows, 24)."""
        return self.design @ self.weights + self.intercept

    def prices(self, stabilised: Floats) -> Floats:
        """Prices of stabilised forecasts, held within the limits."""
        return self.scale.inverse(np.clip(stabilised, *self.limits))


def fit_days(
    panel: DailyPanel,
    span: range,
    ahead: int,
    start: Floats | None = None,
    strengths: tuple[float, ...] = STRENGTHS,
) -> LinearDays:
    """Fit on the days of `span`, ready to forecast the `ahead` days after it.

    Args:
        panel: The market; of the days after the span only features are read.
        span: Day numbers to learn from.
        ahead: Days after the span that get a row in `design`.
        start: Weights of every strength of an earlier fit.
        strengths: Of the lasso's penalty, as `_scaled_lassos` counts them.
    """
    rows, known = slice(span.start, span.stop + ahead), len(span)
    inputs = MemberInputs.of(panel, LAGS, span, rows)
    design, scale = inputs.features, inputs.scale
    targets = scale.transform(panel.prices_usd_per_mwh[span.start : span.stop])
    intercept = targets.mean(axis=0)
    each = _scaled_lassos(design[:known], targets - intercept, strengths, start)
    return LinearDays(design, each.mean(axis=0), intercept, scale, limits_of(targets), each)


def _scaled_lassos(
    design: Floats, targets: Floats, strengths: tuple[float, ...], start: Floats | None
) -> Floats:
    """Weights of lassos whose penalties follow the noise (Sun, Zhang 2012), (strengths, features, targets).

    A penalty is `strength * sigma * sqrt(log(features) / rows)` where sigma is the deviation of what the
    weights at hand leave over, a target at a time. The same strengths so serve calm and spiky markets, short
    and long windows. Without a start noise and weights take turns.
    """
    rows, features = design.shape
    gram, moment = design.T @ design / rows, design.T @ targets / rows
    pace = np.sqrt(np.log(features) / rows)
    each = np.zeros((len(strengths), *moment.shape)) if start is None else start.copy()
    for _ in range(_FIRST_ROUNDS if start is None else 1):
        for number, strength in enumerate(strengths):
            sigma = _noise(design, targets, each[number])
            each[number] = lasso(gram, moment, strength * pace * sigma, each[number])
    return each


def _noise(design: Floats, targets: Floats, weights: Floats) -> Floats:
    """Deviation of what the weights leave over, for the degrees of freedom they use, (targets,)."""
    used = (weights != 0).sum(axis=0) / len(design)
    left: Floats = (targets - design @ weights).std(axis=0)
    return left / np.sqrt(np.maximum(1 - used, _FEWEST_FREE))


def limits_of(stabilised: Floats) -> tuple[float, float]:
    """Return the range of stabilised prices seen, and half a unit beyond on either side.

    Stabilised units grow like logarithms: without limits a linear forecast turns into an absurd price on
    the way back. Half a unit is about 1.6 times the highest price.
    """
    return float(stabilised.min()) - _BEYOND, float(stabilised.max()) + _BEYOND


@dataclass(frozen=True, slots=True)
class Lear:
    """Member of the day-ahead committee: LEAR with one calibration window.

    Args:
        window: Days to learn from; fewer where the past is shorter.
    """

    window: int

    @property
    def name(self) -> str:
        """Short name for tables."""
        return f"lear {self.window}"

    def walk(self, panel: DailyPanel, first: int, last: int) -> Floats:
        """Forecasts of days `first` to `last` (excluded), refitted for each: (last - first, 24)."""
        forecasts, start = np.empty((last - first, 24)), None
        for day in range(first, last):
            fit = fit_days(panel, range(max(LONGEST_LAG, day - self.window), day), 1, start)
            start = fit.each
            forecasts[day - first] = fit.prices(fit.fitted[-1])
        return forecasts
