"""When a market publishes and closes, as positions on a clock."""

from __future__ import annotations

from datetime import date

import numpy as np

from ..markets import PowerMarket
from ..model import Bools, Clock, Whole


def publications(clock: Clock, market: PowerMarket) -> Whole:
    """Return the first interval of each local day at whose beginning the next day's prices are known."""
    known = tomorrow_known(clock, market)
    return np.asarray(np.flatnonzero(known[1:] & ~known[:-1]) + 1)


def tomorrow_known(clock: Clock, market: PowerMarket) -> Bools:
    """Return whether the next day's day-ahead prices are known as each interval begins, shape (T,)."""
    known: Bools = clock.minute_of_day >= _by_day(clock, market, "published_minute")
    return known


def gates(clock: Clock, market: PowerMarket, starts: Whole) -> Whole:
    """Return the interval in which offers close for the days that begin at `starts` (by position).

    Everything before that interval is known when offers are made; nothing of it or later is. It is the first
    interval where the day before is not covered.
    """
    minutes = clock.minute_of_day
    closing = _by_day(clock, market, "gate_minute")
    open_still = minutes <= closing
    positions = np.arange(len(minutes))
    last_open = np.maximum.accumulate(np.where(open_still, positions, 0))
    return np.asarray(last_open[np.maximum(starts - 1, 0)])


def _by_day(clock: Clock, market: PowerMarket, name: str) -> Whole:
    """Return a minute of the auction held on each interval's day, for the next, shape (T,)."""
    days, row = np.unique(clock.day, return_inverse=True)
    minutes = [_minute(market, day, name) for day in (days + np.timedelta64(1, "D")).tolist()]
    return np.array(minutes, dtype=np.int64)[row]


def _minute(market: PowerMarket, day: date, name: str) -> int:
    auction = market.auction(day)
    return int(getattr(market if auction is None else auction, name))
