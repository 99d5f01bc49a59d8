"""A price a day: an exchange's closes, then what was observed, whole dollars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt

from ..snapshot import Row

Prices = dict[date, tuple[int, str]]
_DAY = timedelta(days=1)


def prices(closes: Sequence[Row], observed: Sequence[Row]) -> Prices:
    """Price and flag of every day from the first close to the last observed price."""
    found = {date.fromisoformat(row["date"]): (round(float(row["close_usdt"])), "close") for row in closes}
    for day, price in _observed(observed):
        found.setdefault(day, (price, "observed"))
    first, last = min(found), max(found)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: found[day] if day in found else _between(found, day) for day in days}


def _observed(rows: Sequence[Row]) -> list[tuple[date, int]]:
    """Day and price; a live row was taken in the first three hours after the day it stands for."""
    lag = {"backfill": timedelta(0), "live": _DAY}
    priced = [row for row in rows if row["price_usd"]]
    return [
        (date.fromisoformat(row["date"]) - lag[row["mode"]], round(float(row["price_usd"]))) for row in priced
    ]


def _between(found: Prices, day: date) -> tuple[int, str]:
    """The geometric mean of the day before and the day after."""
    try:
        return round(sqrt(found[day - _DAY][0] * found[day + _DAY][0])), "estimated"
    except KeyError:
        raise ValueError(f"{day}: no price, nor one on both days around it") from None
