"""Gradient-boosted trees as a member of the day-ahead committee: they learn what the lasso leaves over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import Floats
from ..learning import boosted
from ._lear import LinearDays, fit_days
from ._panel import LONGEST_LAG, DailyPanel, lag


@dataclass(frozen=True, slots=True)
class BoostedDays:
    """Member of the day-ahead committee: one model for all hours, on top of a lasso.

    Args:
        window: Days to learn from.
        renew: Days between fits.
        trees: Number of trees.
        rate: Learning rate.
        leaves: Of a tree.
        seed: Of all chance in it.
    """

    window: int = 1456
    renew: int = 28
    trees: int = 500
    rate: float = 0.03
    leaves: int = 31
    seed: int = 1

    name = "boosting"

    def walk(self, panel: DailyPanel, first: int, last: int) -> Floats:
        """Forecasts of days `first` to `last` (excluded), fitted every `renew` days: (last - first, 24)."""
        forecasts, start = np.empty((last - first, 24)), None
        for day in range(first, last, self.renew):
            span = range(max(2 * LONGEST_LAG, day - self.window), day)
            ahead = min(self.renew, last - day)
            linear = fit_days(panel, span, ahead, start)
            start = linear.each
            forecasts[day - first : day - first + ahead] = self._boost(panel, span, ahead, linear)
        return forecasts

    def _boost(self, panel: DailyPanel, span: range, ahead: int, linear: LinearDays) -> Floats:
        known = len(span)
        features = _hour_features(panel, span, ahead, linear)
        stabilised = linear.scale.transform(panel.prices_usd_per_mwh[span.start : span.stop])
        left = (stabilised - linear.fitted[:known]).ravel()
        model = boosted(
            features[: known * 24], left, trees=self.trees, rate=self.rate, leaves=self.leaves, seed=self.seed
        )
        more = model(features[known * 24 :]).reshape(ahead, 24)
        return linear.prices(linear.fitted[known:] + more)


def _hour_features(panel: DailyPanel, span: range, ahead: int, linear: LinearDays) -> Floats:
    """A row an hour, (rows * 24, features): calendar, earlier prices, drivers, the lasso's answer."""
    rows = slice(span.start - LONGEST_LAG, span.stop + ahead)
    stabilised = linear.scale.transform(panel.prices_usd_per_mwh[rows])
    columns = _price_columns(stabilised)
    for driver in panel.drivers[:, rows]:
        columns += _driver_columns(driver)
    columns = [column[LONGEST_LAG:] for column in columns]
    fit, days = linear.fitted, slice(span.start, span.stop + ahead)
    columns += [fit, _whole_day(fit.mean(axis=1)), fit - columns[0], fit - fit.mean(axis=1, keepdims=True)]
    columns += [np.tile(np.arange(24.0), (len(fit), 1)), _whole_day(panel.weekday[days])]
    columns += [_whole_day(panel.season[days, part]) for part in (0, 1)]
    return np.stack(columns, axis=-1).reshape(len(fit) * 24, -1)


def _price_columns(prices: Floats) -> list[Floats]:
    """Prices of the same hour 1, 2, 3 and 7 days earlier, yesterday as a whole, the week's mean."""
    yesterday = lag(prices, 1)
    week = np.mean([lag(prices, days).mean(axis=1) for days in range(1, 8)], axis=0)
    around = np.hstack([lag(prices, 2)[:, -1:], yesterday, yesterday[:, -1:]])
    whole = (yesterday[:, -1], yesterday.mean(axis=1), yesterday.max(axis=1), yesterday.min(axis=1), week)
    return [
        yesterday,
        *(lag(prices, days) for days in (2, 3, 7)),
        around[:, :24],
        around[:, 2:],
        *map(_whole_day, whole),
    ]


def _driver_columns(driver: Floats) -> list[Floats]:
    """A driver in the hour and around it, over the day, and against 1 and 7 days earlier."""
    around = np.hstack([driver[:, :1], driver, driver[:, -1:]])
    mean = driver.mean(axis=1)
    whole = (mean, driver.max(axis=1), driver.min(axis=1), mean - lag(driver, 1).mean(axis=1))
    return [
        driver,
        around[:, :24],
        around[:, 2:],
        driver - lag(driver, 1),
        driver - lag(driver, 7),
        *map(_whole_day, whole),
    ]


def _whole_day(values: NDArray[np.generic]) -> Floats:
    """One value a day, repeated for its 24 hours."""
    return np.repeat(values.astype(np.float64)[:, None], 24, axis=1)
