"""How likely the next hour sets its month's peak, from loads up to the hour before."""

from __future__ import annotations

import numpy as np

from ._arrays import Bools, Floats, Times
from ._clock import Clock
from ._hours import whole_months
from ._table import Table

_STEPS = 30
_RIDGE = 0.05
_FEWEST_MONTHS = 4


def peak_probability(table: Table, clock: Clock, months: tuple[int, ...]) -> Floats:
    """Probability that each hour sets the peak of its month, told one hour before; 0 outside `months`.

    A logistic model of loads known an hour before: the hour's expected load against the
    month's highest so far and against the highest expected for the day, the load left to grow until then, and
    the share of the month that is over. It is fitted anew each month on whole months before. Until four are
    known, or without `load_mw`, every probability is 0.
    """
    chance = np.zeros(table.hours)
    if not table.known("load_mw") or not months:
        return chance
    counted = np.isin(clock.month_of_year, months)
    features = _features(table["load_mw"], clock)
    usable = counted & np.isfinite(features).all(axis=1)
    truth = _peaks(table["load_mw"], clock, months)
    closed = {month: clock.month == month for month in _counted_months(table["load_mw"], clock, months)}
    for month in np.unique(clock.month[counted]):
        earlier = [inside for other, inside in closed.items() if other < month]
        if len(earlier) < _FEWEST_MONTHS:
            continue
        learn = usable & np.any(earlier, axis=0)
        weights = _logistic(features[learn], truth[learn])
        here = usable & (clock.month == month)
        chance[here] = _chance(features[here], weights)
    return chance


def _features(load: Floats, clock: Clock) -> Floats:
    """Shape (T, 6), NaN where a load is missing; row t uses loads before t only."""
    hours = len(load)
    last = np.concatenate([[np.nan], load[:-1]])
    yesterday = np.concatenate([np.full(24, np.nan), load])[:hours]
    growth = yesterday - np.concatenate([[np.nan], yesterday[:-1]])
    expected = last + growth
    highest = _highest_so_far(last, clock.month)
    ahead = _highest_ahead(yesterday, clock.day)
    day_peak = expected + ahead - yesterday
    over = (clock.day - clock.month.astype("datetime64[D]")).astype(np.float64) / 31
    against_month = _log_ratio(expected, highest)
    against_day = _log_ratio(expected, day_peak)
    columns = [np.ones(hours), 40 * np.clip(against_month, -0.2, 0.05), 40 * np.clip(against_day, -0.2, 0)]
    columns += [over, over * columns[1], 100 * np.clip(growth / np.maximum(expected, 1.0), -0.05, 0.05)]
    return np.column_stack(columns)


def _log_ratio(one: Floats, other: Floats) -> Floats:
    """Logarithm of a ratio of loads; loads below 1 MW count as 1."""
    return np.log(np.maximum(one, 1.0)) - np.log(np.maximum(other, 1.0))


def _highest_so_far(last: Floats, month: Times) -> Floats:
    """Highest load known of the month; in its first hours, of the hours just before."""
    highest = np.empty(len(last))
    for inside in np.split(np.arange(len(last)), np.flatnonzero(month[1:] != month[:-1]) + 1):
        highest[inside] = np.fmax.accumulate(last[inside])
    return highest


def _highest_ahead(yesterday: Floats, day: Times) -> Floats:
    """Highest of yesterday's loads at the hours the day has left, the present one included."""
    highest = np.empty(len(yesterday))
    for inside in np.split(np.arange(len(yesterday)), np.flatnonzero(day[1:] != day[:-1]) + 1):
        highest[inside] = np.fmax.accumulate(yesterday[inside][::-1])[::-1]
    return highest


def _peaks(load: Floats, clock: Clock, months: tuple[int, ...]) -> Bools:
    peaks = np.zeros(len(load), dtype=bool)
    for month in _counted_months(load, clock, months):
        inside = np.flatnonzero(clock.month == month)
        peaks[inside[np.argmax(load[inside])]] = True
    return peaks


def _counted_months(load: Floats, clock: Clock, months: tuple[int, ...]) -> list[Times]:
    """Whole months that count and whose loads are all known."""
    counted = [month for month in whole_months(clock) if month.astype(int) % 12 + 1 in months]
    return [month for month in counted if np.isfinite(load[clock.month == month]).all()]


def _logistic(features: Floats, truth: Bools) -> Floats:
    """Weights of a ridge-penalised logistic regression, by Newton's method."""
    weights = np.zeros(features.shape[1])
    ridge = np.full(len(weights), _RIDGE)
    ridge[0] = 1e-6
    weights[0] = np.log(max(truth.mean(), 1e-6))
    for _ in range(_STEPS):
        chance = _chance(features, weights)
        slope = features.T @ (truth - chance) - ridge * weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights += step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _chance(features: Floats, weights: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(features @ weights, -40, 40)))
