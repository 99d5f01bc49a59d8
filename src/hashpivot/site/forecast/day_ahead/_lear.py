"""LEAR: a lasso for each hour of the day on what is known the day before, refitted every day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model import Floats
from ..learning import Stabiliser, Standardiser, lasso
from ._panel import LONGEST_LAG, DailyPanel

_BEYOND = 0.5  # stabilised units; docs/methods/forecast.md says when it was added and what it changed


@dataclass(frozen=True, slots=True)
class LinearDays:
    """A lasso fitted on a span of days: 24 targets on shared features.

    Args:
        design: Standardised features of the span and of the days after it, (rows, features).
        weights: (features, 24).
        intercept: (24,), stabilised.
        scale: How prices were variance-stabilised.
        limits: Lowest and highest stabilised price a forecast may take.
    """

    design: Floats
    weights: Floats
    intercept: Floats
    scale: Stabiliser
    limits: tuple[float, float]

    @property
    def fitted(self) -> Floats:
        """Fitted and forecast prices in stabilised units, (rows, 24)."""
        return self.design @ self.weights + self.intercept

    def prices(self, stabilised: Floats) -> Floats:
        """Prices of stabilised forecasts, held within the limits."""
        return self.scale.inverse(np.clip(stabilised, *self.limits))


def fit_days(
    panel: DailyPanel, span: range, ahead: int, penalty: float, start: Floats | None = None
) -> LinearDays:
    """Fit on the days of `span`, ready to forecast the `ahead` days after it.

    Args:
        panel: The market; of the days after the span only features are read.
        span: Day numbers to learn from.
        ahead: Days after the span that get a row in `design`.
        penalty: Of the lasso, in deviations of the stabilised price.
        start: Weights of an earlier fit.
    """
    rows, known = slice(span.start, span.stop + ahead), len(span)
    numbers = panel.numbers[rows]
    stabilised = Stabiliser.of(numbers[:known]).transform(numbers)
    features = np.hstack([stabilised, panel.weekday_flags[rows]])
    design = Standardiser.of(features[:known]).apply(features)
    prices = panel.prices_usd_per_mwh[span.start : span.stop]
    scale = Stabiliser.of(prices.reshape(-1, 1))
    targets = scale.transform(prices)
    intercept = targets.mean(axis=0)
    learned = design[:known]
    gram, moment = learned.T @ learned / known, learned.T @ (targets - intercept) / known
    weights = lasso(gram, moment, penalty * float(targets.std()), start)
    return LinearDays(design, weights, intercept, scale, limits_of(targets))


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
        penalty: Of the lasso, in deviations of the stabilised price.
    """

    window: int
    penalty: float

    @property
    def name(self) -> str:
        """Short name for tables."""
        return f"lear {self.window}"

    def walk(self, panel: DailyPanel, first: int, last: int) -> Floats:
        """Forecasts of days `first` to `last` (excluded), refitted for each: (last - first, 24)."""
        forecasts, start = np.empty((last - first, 24)), None
        for day in range(first, last):
            fit = fit_days(panel, range(max(LONGEST_LAG, day - self.window), day), 1, self.penalty, start)
            start = fit.weights
            forecasts[day - first] = fit.prices(fit.fitted[-1])
        return forecasts
