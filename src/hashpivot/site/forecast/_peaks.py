"""How likely each of the hours ahead sets the highest load of its month (ERCOT's four coincident peaks)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import InvalidInput, NoData

from ._hour_features import LONGEST_HOURS, latest
from ._publication import known_until, local_hours
from ._table import Table, Times, column, origin_of, required

Array = NDArray[np.float64]
Places = NDArray[np.int64]
SUMMER = (6, 7, 8, 9)
"""Months whose peaks count for ERCOT's transmission charge."""
_LEADS = np.array([0, 1, 2, 4, 7, 11, 16, 24, 35, 47])
_RIDGE = 0.1
_STEPS = 40
_FADE_HOURS = 24.0
"""Hours after which a third of the latest change against a day before is left."""


@dataclass(frozen=True, eq=False)
class _Loads:
    """A table's loads and calendar.

    Args:
        load: (hours,), gaps where not known.
        forecast: Day-ahead load forecast, gaps where there is none, (hours,).
        month: Local month of each hour, datetime64[M].
        day: Local day of each hour.
        share: Share of the month that is over, (hours,).
        highest: Highest load of the hour's month before it; at first of the seven days before, (hours + 1,).
        until: Place after the last hour whose load forecast is known, for each origin, (hours + 1,).
    """

    load: Array
    forecast: Array
    month: NDArray[np.datetime64]
    day: NDArray[np.datetime64]
    share: Array
    highest: Array
    until: Places


class PeakForecaster:
    """A logistic model of the load expected in the hour: against the month so far and against its day.

    The expected load is the day-ahead forecast where there is one, else that of the same hour of the latest
    known day, moved by how the last hour differed from a day before.

    Args:
        months: Months whose peak counts.
    """

    def __init__(self, months: tuple[int, ...] = SUMMER) -> None:
        self._months = months
        self._weights: Array | None = None

    def fit(self, history: Table) -> Self:
        """Learn from whole months.

        Raises:
            InvalidInput: If there is no column `load_mw`.
            NoData: If no month that counts lies wholly within `history`.
        """
        loads = _loads(history, np.append(known_until(history.ts_utc), len(history.ts_utc)))
        truth = self.peaks(history)
        if not truth.any():
            raise NoData("no whole month of loads to learn peaks from", hint="bring a summer of load_mw")
        whole = np.isin(loads.month, loads.month[truth])
        origins = np.flatnonzero(whole)[::2]
        origins = origins[origins + LONGEST_HOURS < len(loads.load)]
        starts, leads = np.repeat(origins, len(_LEADS)), np.tile(_LEADS, len(origins))
        rows = _features(loads, starts, leads)
        usable = np.isfinite(rows).all(axis=1) & whole[starts + leads]
        self._weights = _logistic(rows[usable], truth[(starts + leads)[usable]])
        return self

    def predict(self, known: Table, hours: Times) -> Array:
        """Probability that each of consecutive hours sets its month's peak, as known when the first begins.

        Args:
            known: At least eight days up to the first of `hours`; of later hours only day-ahead columns.
            hours: Beginnings of consecutive hours, datetime64[h]; at most 48.

        Raises:
            InvalidInput: If the first hour is outside `known`, or there is no column `load_mw`.
        """
        origin, end = origin_of(known, hours), len(known.ts_utc)
        axis = np.arange(known.ts_utc[0], max(known.ts_utc[-1], hours[-1]) + 1)
        loads = _loads(known, np.full(len(axis) + 1, end, dtype=np.int64), axis)
        return self._chance(loads, np.full(len(hours), origin), np.arange(len(hours)))

    def predict_all(self, table: Table, origins: Places, hours: int = 24) -> Array:
        """What `predict` would say at each of many origins, (origins, hours)."""
        loads = _loads(table, np.append(known_until(table.ts_utc), len(table.ts_utc)))
        leads = np.tile(np.arange(hours), len(origins))
        return self._chance(loads, np.repeat(origins, hours), leads).reshape(len(origins), hours)

    def peaks(self, table: Table) -> NDArray[np.bool_]:
        """The hours that set the peaks, (hours,): of months that count and are wholly in the table."""
        load, month = required(table, "load_mw"), local_hours(table.ts_utc).astype("datetime64[M]")
        found = np.zeros(len(load), dtype=bool)
        for each in np.unique(month)[1:-1]:
            inside = np.flatnonzero(month == each)
            if int(each.astype(np.int64)) % 12 + 1 in self._months and np.isfinite(load[inside]).all():
                found[inside[load[inside].argmax()]] = True
        return found

    def _chance(self, loads: _Loads, origins: Places, leads: Places) -> Array:
        if self._weights is None:
            raise InvalidInput("the forecaster has learned nothing yet", hint="call fit(history) first")
        if len(leads) and leads.max() >= LONGEST_HOURS:
            raise InvalidInput(f"{leads.max() + 1} hours ahead", hint=f"at most {LONGEST_HOURS}")
        rows = _features(loads, origins, leads)
        counts = np.isin(loads.month[origins + leads].astype(np.int64) % 12 + 1, self._months)
        chance = 1 / (1 + np.exp(-np.clip(rows @ self._weights, -40, 40)))
        return np.where(counts, np.nan_to_num(chance), 0.0)


def _loads(table: Table, until: Places, axis: Times | None = None) -> _Loads:
    """Make a table ready, on a longer axis if given."""
    axis = table.ts_utc if axis is None else axis
    load, forecast = np.full((2, len(axis)), np.nan)
    load[: len(table.ts_utc)] = required(table, "load_mw")
    forecast[: len(table.ts_utc)] = column(table, "load_fc_mw")
    local = local_hours(axis)
    month, day = local.astype("datetime64[M]"), local.astype("datetime64[D]")
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.float64)
    share = (day - month.astype("datetime64[D]")).astype(np.float64) / length
    return _Loads(load, forecast, month, day, share, _highest(load, month), until)


def _highest(load: Array, month: NDArray[np.datetime64]) -> Array:
    """Highest load of the month before each hour, the seven days before the month included at a discount."""
    highest = np.full(len(load) + 1, np.nan)
    starts = np.flatnonzero(np.append(True, month[1:] != month[:-1]))
    for first, end in zip(starts, np.append(starts[1:], len(load)), strict=True):
        before = load[max(0, first - 168) : first]
        seed = np.nanmax(before) if np.isfinite(before).any() else np.nan
        highest[first : end + 1] = np.fmax.accumulate(np.append(0.97 * seed, load[first:end]))
    return highest


def _features(loads: _Loads, origins: Places, leads: Places) -> Array:
    """(pairs, features): the day against the month so far, the hour against its day, time over, lead."""
    expected = _expected(loads, origins, leads)
    day = loads.day[np.minimum(origins + leads, len(loads.day) - 1)]
    around = [
        np.where(_same_day(loads, origins, leads + k, day), _expected(loads, origins, leads + k), np.nan)
        for k in range(-12, 13)
        if k
    ]
    day_highest = np.fmax.reduce([expected, *around])
    known_highest = loads.highest[origins]
    against_month = 20 * np.clip(np.log(day_highest / known_highest), -0.3, 0.15)
    against_day = 20 * np.clip(np.log(expected / day_highest), -0.3, 0.0)
    over = loads.share[origins + leads]
    far = np.log1p(leads) / 4
    columns = [np.ones(len(leads)), against_month, against_day, np.minimum(against_month, 0) ** 2, over]
    columns += [over * against_month, far, far * against_month, far * against_day, over**2]
    return np.stack(columns, axis=1)


def _same_day(
    loads: _Loads, origins: Places, leads: Places, day: NDArray[np.datetime64]
) -> NDArray[np.bool_]:
    places = origins + leads
    inside = (places >= 0) & (places < len(loads.day))
    return np.asarray(inside & (loads.day[np.where(inside, places, 0)] == day), dtype=bool)


def _expected(loads: _Loads, origins: Places, leads: Places) -> Array:
    """Load of each hour as known at the origin: itself if past, the forecast, or a day before's, moved."""
    hours = origins + leads
    before = latest(loads.load, hours, origins)[0]
    last, day_earlier = (
        np.where(origins >= k, loads.load[np.maximum(origins - k, 0)], np.nan) for k in (1, 25)
    )
    moved = before * (1 + (last / day_earlier - 1) * np.exp(-np.maximum(leads, 0) / _FADE_HOURS))
    known = np.where(hours < origins, before, moved)
    allowed = (hours >= origins) & (hours < np.minimum(loads.until[origins], len(loads.forecast)))
    forecast = np.where(allowed, loads.forecast[np.where(allowed, hours, 0)], np.nan)
    return np.where(np.isfinite(forecast), forecast, known)


def _logistic(rows: Array, truth: NDArray[np.bool_]) -> Array:
    """Newton's method with a small ridge."""
    weights = np.zeros(rows.shape[1])
    weights[0] = np.log(truth.mean() / (1 - truth.mean()))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -40, 40)))
        slope = rows.T @ (truth - chance) - _RIDGE * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights
