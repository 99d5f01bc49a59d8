"""When a market closes and publishes, and what is known at a given hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np

from ...markets import PowerMarket, load_market
from ...model import Bools, Clock, Times, Whole
from ._frame import ForecastFrame, PlainFrame, column, known_ahead

MARKET = ZoneInfo("America/Chicago")


def local_hours(ts_utc: Times, zone: ZoneInfo = MARKET) -> Times:
    """Return local wall time of intervals, datetime64[m]; the repeated autumn hour appears twice."""
    return Clock(ts_utc, zone).local


def publications(clock: Clock, market: PowerMarket) -> Whole:
    """Return the first interval of each local day at whose beginning the next day's prices are known."""
    known = tomorrow_known(clock, market)
    return np.asarray(np.flatnonzero(known[1:] & ~known[:-1]) + 1)


def tomorrow_known(clock: Clock, market: PowerMarket) -> Bools:
    """Return whether the next day's day-ahead prices are known as each interval begins, shape (T,)."""
    known: Bools = clock.minute_of_day >= _by_day(clock, market.published_minute)
    return known


def gates(clock: Clock, market: PowerMarket, starts: Whole) -> Whole:
    """Return the interval in which offers close for the days that begin at `starts` (by position).

    Everything before that interval is known when offers are made; nothing of it or later is. It is the first
    interval where the day before is not covered.
    """
    minutes = clock.minute_of_day
    closing = _by_day(clock, market.gate_minute)
    open_still = minutes <= closing
    positions = np.arange(len(minutes))
    last_open = np.maximum.accumulate(np.where(open_still, positions, 0))
    return np.asarray(last_open[np.maximum(starts - 1, 0)])


def _by_day(clock: Clock, minute_of: Callable[[date], int]) -> Whole:
    """Return a minute of the auction held on each interval's day, for the next, shape (T,)."""
    days, row = np.unique(clock.day, return_inverse=True)
    minutes = [minute_of(day) for day in (days + np.timedelta64(1, "D")).tolist()]
    return np.array(minutes, dtype=np.int64)[row]


def known_until(ts_utc: Times, market: PowerMarket | None = None) -> Whole:
    """Return for each interval the position after the last whose day-ahead price is known as it begins.

    Args:
        ts_utc: Beginnings of consecutive intervals.
        market: The market whose publication times count; ERCOT if not given.
    """
    rules = market or load_market("ercot")
    clock = Clock(ts_utc, ZoneInfo(rules.timezone))
    last_day = clock.day + tomorrow_known(clock, rules)
    return np.asarray(np.searchsorted(clock.day, last_day, side="right"), dtype=np.int64)


def known_at(table: ForecastFrame, origin: int, hours: int, market: PowerMarket | None = None) -> PlainFrame:
    """Return what is known as hour `origin` begins: the past, and day-ahead columns as far as published.

    Args:
        table: The hours.
        origin: Position of the hour.
        hours: Hours the axis runs on from it; what is not known there is not a number.
        market: As `known_until`.
    """
    end = min(origin + hours, len(table.ts_utc))
    until = int(known_until(table.ts_utc[: end + 48], market)[origin])
    columns = {}
    for name in table:
        values = column(table, name)[:end].copy()
        values[until if known_ahead(name) else origin :] = np.nan
        columns[name] = values
    return PlainFrame(table.ts_utc[:end], columns)
