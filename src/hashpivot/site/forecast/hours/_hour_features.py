"""What is known at an origin about the hours after it, as numbers a tree can cut.

Real-time prices and actuals are read before the origin only; day-ahead columns as far as they are published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import Floats, Whole
from ..learning import Stabiliser
from ._frame import ACTUALS, AHEAD, DA, RT, ForecastFrame, column, required

LONGEST_HOURS = 48
"""Farthest ahead anything is forecast."""
_DAYS_BACK = 3
"""An unknown hour takes the day-ahead price of the same hour up to so many days before."""


@dataclass(frozen=True, eq=False)
class HourView:
    """A frame made ready: prices in stabilised units, calendar, and the optional columns in use.

    Args:
        real: Stabilised real-time price, (hours,).
        ahead: Stabilised day-ahead price, (hours,).
        actuals: Load, wind, solar where there, each (hours,).
        others: Day-ahead forecasts and reserve prices where there, each (hours,).
        calendar: Hour of the day and weekday in UTC, of the hours and of two days more, (hours + 48, 2).
        until: Position after the last hour whose day-ahead columns are known, for each origin, (hours + 1,).
    """

    real: Floats
    ahead: Floats
    actuals: Sequence[Floats]
    others: Sequence[Floats]
    calendar: Floats
    until: Whole


def usable(frame: ForecastFrame) -> tuple[str, ...]:
    """Return the optional columns a frame has numbers in."""
    return tuple(n for n in (*ACTUALS, *AHEAD) if n in frame and np.isfinite(column(frame, n)).any())


def hour_view(frame: ForecastFrame, scale: Stabiliser, names: Sequence[str], until: Whole) -> HourView:
    """Transform a frame's prices, and gather its calendar and optional columns.

    Args:
        frame: Hours.
        scale: Of prices.
        names: Optional columns to use; one the frame lacks counts as unknown.
        until: As in `HourView`.
    """
    real, ahead = (scale.transform(required(frame, name)) for name in (RT, DA))
    actuals = [column(frame, name) for name in ACTUALS if name in names]
    others = [column(frame, name) for name in AHEAD if name in names]
    return HourView(real, ahead, actuals, others, _calendar(frame.ts_utc), until)


def features(seen: HourView, origins: Whole, leads: Whole) -> Floats:
    """Return a row for each pair of origin and lead, (pairs, features).

    Args:
        seen: The frame made ready.
        origins: Position of the first hour not known yet, (pairs,).
        leads: Hours from the origin, 0 for the origin's own hour, (pairs,).
    """
    hours, until = origins + leads, seen.until[origins]
    ahead, age = latest(seen.ahead, hours, until)
    columns = [leads.astype(np.float64), *seen.calendar[hours].T]
    columns += [ahead, age, ahead - latest(seen.ahead, hours - 1, until)[0]]
    columns += [latest(seen.ahead, hours + 1, until)[0] - ahead]
    columns += _recent(seen, origins)
    spread_before = seen.real - seen.ahead
    columns += [latest(spread_before, hours, origins)[0]]
    for actual in seen.actuals:
        now, day_before = value_at(actual, origins - 1), value_at(actual, origins - 25)
        columns += [now, now - day_before, latest(actual, hours, origins)[0]]
    for other in seen.others:
        columns += [latest(other, hours, until)[0]]
    return np.stack(columns, axis=1)


def latest(values: Floats, hours: Whole, until: Whole) -> tuple[Floats, Floats]:
    """Return values of the hours, or of the same hour of the latest day before whose value is known.

    Args:
        values: (hours,), with gaps where not known.
        hours: Whole wanted, (pairs,).
        until: Whole from which on nothing may be read, (pairs,).

    Returns:
        Values and how many days old they are, both (pairs,); gaps where even the oldest is unknown.
    """
    newest, age = np.full(len(hours), np.nan), np.full(len(hours), float(_DAYS_BACK))
    for days in reversed(range(_DAYS_BACK)):
        positions = hours - 24 * days
        allowed = (positions >= 0) & (positions < np.minimum(until, len(values)))
        value = np.where(allowed, values[np.where(allowed, positions, 0)], np.nan)
        known = np.isfinite(value)
        newest, age = np.where(known, value, newest), np.where(known, float(days), age)
    return newest, age


def value_at(values: Floats, positions: Whole) -> Floats:
    """Return the values at positions, a gap where one lies before the first."""
    return np.where(positions >= 0, values[np.maximum(positions, 0)], np.nan)


def _recent(seen: HourView, origins: Whole) -> list[Floats]:
    """The last prices before the origin, their distance from day-ahead, their means and extremes."""
    spread = seen.real - seen.ahead
    last = [value_at(spread, origins - hours) for hours in range(1, 25)]
    price = [value_at(seen.real, origins - hours) for hours in range(1, 25)]
    return [
        *last[:3],
        _mean(last[:6]),
        _mean(last),
        price[0],
        price[0] - price[1],
        np.fmax.reduce(price[:6]),
        np.fmax.reduce(price),
        np.fmin.reduce(price),
        value_at(seen.ahead, origins - 1),
    ]


def _mean(columns: Sequence[Floats]) -> Floats:
    total = np.zeros(len(columns[0]))
    for values in columns:
        total += values
    return total / len(columns)


def _calendar(ts_utc: NDArray[np.datetime64]) -> Floats:
    start = ts_utc[0].astype("datetime64[h]")
    hours = np.arange(start, start + len(ts_utc) + LONGEST_HOURS)
    days = hours.astype("datetime64[D]")
    hour = (hours - days.astype("datetime64[h]")).astype(np.float64)
    weekday = (days.astype(np.int64) + 3) % 7
    return np.stack([hour, weekday.astype(np.float64)], axis=1)
