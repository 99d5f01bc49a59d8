"""How likely each of the hours ahead sets the highest load of its month (ERCOT's coincident peaks)."""

from __future__ import annotations

from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from hashpivot.core import InvalidInput, NoData

from ...model import HOUR, Bools, Floats, Times, Whole
from ..hours import LONGEST_HOURS, MARKET, ForecastFrame, local_hours, origin_of, required
from ._load_features import Loads, month_peaks
from ._peak_examples import PeakExamples, counted_months

SUMMER = (6, 7, 8, 9)
"""Months whose peaks count for ERCOT's transmission charge."""
LEADS = (0, 1, 2, 4, 7, 11, 16, 24, 35, 47)
"""Hours ahead that are learned from."""
FEWEST_MONTHS = 4
"""Months `next_hour_peaks` learns from at least."""
_RIDGE = 0.05  # judged: keeps weights finite while peaks are few
_STEPS = 40  # at most; Newton's method stops once a step is below 1e-8
_THINNED = 8  # judged: with fewer other hours the first search ends too far from the weights sought
_FEW_ROWS = 2_000  # a month or two: nothing to save
_LONGEST_STEP = 4.0  # logits: a longer step overshoots where peaks are few


class PeakForecaster:
    """A logistic model of the load expected in the hour: against the month so far and against its day.

    The expected load is that of the same hour of the latest known day, moved by how the last hour differed
    from a day before.

    Args:
        months: Months whose peak counts.
        zone: Local time days and months are counted in.
    """

    def __init__(self, months: tuple[int, ...] = SUMMER, zone: ZoneInfo = MARKET) -> None:
        self._months, self._zone = months, zone
        self._weights: Floats | None = None

    def fit(self, history: ForecastFrame) -> Self:
        """Learn from whole months.

        Raises:
            InvalidInput: If there is no column `load_mw`.
            NoData: If no month that counts lies wholly within `history`.
        """
        loads = Loads.of(required(history, "load_mw"), history.ts_utc, self._zone)
        truth = self.peaks(history)
        if not truth.any():
            raise NoData("no whole month of loads to learn peaks from", hint="bring a summer of load_mw")
        month = loads.local.astype("datetime64[M]")
        whole = np.isin(month, month[truth])
        origins = np.flatnonzero(whole)
        origins = origins[origins + LONGEST_HOURS < len(month)]
        starts, leads = np.repeat(origins, len(LEADS)), np.tile(np.array(LEADS), len(origins))
        rows = loads.features(starts, leads)
        usable = np.isfinite(rows).all(axis=1) & whole[starts + leads]
        self._weights = _logistic(rows[usable], truth[(starts + leads)[usable]])
        return self

    def predict(self, known: ForecastFrame, hours: Times) -> Floats:
        """Probability that each of consecutive hours sets its month's peak, as known when the first begins.

        Args:
            known: At least two days of loads up to the first of `hours`.
            hours: Beginnings of consecutive hours, datetime64[h]; at most 48.

        Raises:
            InvalidInput: If the first hour is outside `known`, or there is no column `load_mw`.
        """
        origin = origin_of(known, hours)
        axis = np.arange(known.ts_utc[0], hours[-1] + LONGEST_HOURS * HOUR, HOUR)
        loads = Loads.of(required(known, "load_mw")[:origin], axis, self._zone)
        return self._chance(loads, np.full(len(hours), origin), np.arange(len(hours)))

    def predict_all(self, table: ForecastFrame, origins: Whole, hours: int = 24) -> Floats:
        """What `predict` would say at each of many origins, (origins, hours)."""
        axis = np.arange(table.ts_utc[0], table.ts_utc[-1] + LONGEST_HOURS * HOUR, HOUR)
        loads = Loads.of(required(table, "load_mw"), axis, self._zone)
        leads = np.tile(np.arange(hours), len(origins))
        return self._chance(loads, np.repeat(origins, hours), leads).reshape(len(origins), hours)

    def peaks(self, table: ForecastFrame) -> Bools:
        """The hours that set the peaks, (hours,): of months that count and are wholly in the table."""
        local = local_hours(table.ts_utc, self._zone)
        return month_peaks(required(table, "load_mw"), local, counted_months(local, self._months))

    def _chance(self, loads: Loads, origins: Whole, leads: Whole) -> Floats:
        if self._weights is None:
            raise InvalidInput("the forecaster has learned nothing yet", hint="call fit(history) first")
        if len(leads) and leads.max() >= LONGEST_HOURS:
            raise InvalidInput(f"{leads.max() + 1} hours ahead", hint=f"at most {LONGEST_HOURS}")
        chance = _sigmoid(loads.features(origins, leads), self._weights)
        counted = counted_months(loads.local[origins + leads], self._months)
        return np.where(counted, np.nan_to_num(chance), 0.0)


def next_hour_peaks(
    table: ForecastFrame,
    months: tuple[int, ...],
    zone: ZoneInfo = MARKET,
    *,
    wanted: Bools | None = None,
    others: ForecastFrame | None = None,
) -> Floats:
    """Return the probability that each hour sets the peak of its month, as it begins, (hours,).

    The model of `PeakForecaster` for the next hour only, refitted each month on the whole months before. 0
    outside `months`, until four months are known (`whole_months`), and where loads are missing.

    Args:
        table: Loads.
        months: Months whose peak counts.
        zone: Local time days and months are counted in.
        wanted: Hours whose probability is needed, (hours,), 0 in others; all if None. Nothing is fitted for a
            month without one.
        others: Loads of earlier months, which are learned from too: those before the first of `table`.

    Raises:
        InvalidInput: If there is no column `load_mw`.
    """
    own = PeakExamples.of(table, months, zone)
    more = [] if others is None else [PeakExamples.of(others, months, zone).before(own.month[0])]
    asked = own.usable if wanted is None else own.usable & wanted
    chance = np.zeros(len(own.rows))
    for month in np.unique(own.month[asked]):
        past = [examples.before(month) for examples in (*more, own)]
        rows, peak = np.concatenate([p.rows for p in past]), np.concatenate([p.peak for p in past])
        if peak.sum() >= FEWEST_MONTHS:
            here = asked & (own.month == month)
            chance[here] = _sigmoid(own.rows[here], _logistic(rows, peak))
    return chance


def _sigmoid(rows: Floats, weights: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-np.clip(rows @ weights, -40, 40)))
    return chance


def _logistic(rows: Floats, truth: Bools) -> Floats:
    """Weights of a ridge-penalised logistic regression; the first column is 1.

    Sought first on all peaks and one in so many of the other hours, which moves only the first weight: from
    there a few steps on all hours end at the same weights in a fifth of the time.
    """
    start = np.zeros(rows.shape[1])
    if len(rows) > _FEW_ROWS:
        thin = truth | (np.arange(len(rows)) % _THINNED == 0)
        start = _newton(rows[thin], truth[thin], start)
        start[0] -= np.log(_THINNED)
    return _newton(rows, truth, start)


def _newton(rows: Floats, truth: Bools, weights: Floats) -> Floats:
    if not weights.any():
        weights[0] = np.log(max(truth.mean(), 1e-6))
    ridge = np.full(len(weights), _RIDGE)
    ridge[0] = 1e-6
    for _ in range(_STEPS):
        chance = _sigmoid(rows, weights)
        slope = rows.T @ (truth - chance) - ridge * weights
        curve = rows.T @ (rows * (chance * (1 - chance))[:, None]) + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    return weights
