"""Days of another grid: from the store where they are complete, else asked for by the month and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from hashpivot.core import DocumentStoreError, SourceError, UnexpectedAnswer, parse_json

from ..store import Store
from ._other_grids import OtherGrid
from .series import DayState, MarketClock, PowerDay, PowerSeries

_DUE = {
    "day-ahead": timedelta(0),
    "real-time": timedelta(hours=26),
}  # assumed: from local midnight of the day


def grid_days(
    grid: OtherGrid,
    store: Store,
    product: str,
    point: str,
    days: Iterable[date],
    now: datetime,
    *,
    dry_run: bool = False,
) -> Iterator[PowerDay]:
    """Every day of a product at a point, each once; complete days are kept and not asked for again.

    Args:
        grid: The grid.
        store: Where complete days are kept.
        product: `day-ahead` or `real-time`.
        point: Location.
        days: Local days.
        now: Aware moment.
        dry_run: Ask for nothing and call such days wanted.

    Raises:
        InvalidInput: If the grid has no such market.
        DocumentStoreError: If a day cannot be kept.
    """
    wanted = []
    for day in sorted(set(days)):
        held = _held(grid, store, product, point, day)
        if held:
            yield PowerDay(product, day, point, DayState.COMPLETE, {held.name: held})
        else:
            wanted.append(day)
    for _, month in groupby(wanted, lambda day: (day.year, day.month)):
        part = list(month)
        if dry_run:
            yield from (PowerDay(product, day, point, DayState.WANTED) for day in part)
        else:
            yield from _asked(grid, store, product, point, part, now)


def _asked(
    grid: OtherGrid, store: Store, product: str, point: str, days: list[date], now: datetime
) -> Iterator[PowerDay]:
    try:
        series = grid.prices(product, point, days[0], days[-1])
    except SourceError as error:
        state = DayState.UNREADABLE if isinstance(error, UnexpectedAnswer) else DayState.UNREACHABLE
        yield from (PowerDay(product, day, point, state, reason=error.message) for day in days)
        return
    for day in days:
        starts = grid.clock.starts(day, series.minutes)
        values = {start: series.values[start] for start in starts if start in series.values}
        part = PowerSeries(series.name, point, series.minutes, series.unit, values)
        yield _judged(grid, store, PowerDay(product, day, point, DayState.COMPLETE, {part.name: part}), now)


def _judged(grid: OtherGrid, store: Store, came: PowerDay, now: datetime) -> PowerDay:
    """Say what a day is, and keep it if it is complete."""
    (series,) = came.series.values()
    due_starts = grid.clock.starts(came.day, series.minutes)
    lacks = len(due_starts) - len(series.values)
    if not lacks:
        held = [[start.isoformat(), value] for start, value in series.values.items()]
        whole = {"name": series.name, "minutes": series.minutes, "unit": series.unit, "values": held}
        store.put(_key(grid, came.product, came.point, came.day), json.dumps(whole).encode())
        return PowerDay(came.product, came.day, came.point, DayState.COMPLETE, came.series, fetched=True)
    due = now >= _due(grid.clock, came.product, came.day)
    reason = f"{series.name} lacks {lacks} of {len(due_starts)} intervals"
    state = DayState.MISSING if due else DayState.NOT_YET_PUBLISHED
    return PowerDay(
        came.product, came.day, came.point, state, came.series, reason, fetched=bool(series.values)
    )


def _due(clock: MarketClock, product: str, day: date) -> datetime:
    return clock.midnight(day) + _DUE[product]


def _held(grid: OtherGrid, store: Store, product: str, point: str, day: date) -> PowerSeries | None:
    document = store.get(_key(grid, product, point, day))
    if document is None:
        return None
    try:
        held = parse_json(document.read())
        values = {datetime.fromisoformat(start): float(value) for start, value in held["values"]}
        return PowerSeries(held["name"], point, held["minutes"], held["unit"], values)
    except (DocumentStoreError, ValueError, KeyError, TypeError):
        return None  # asked for again


def _key(grid: OtherGrid, product: str, point: str, day: date) -> str:
    place = re.sub(r"[^A-Za-z0-9-]", lambda match: f"_{ord(match[0]):x}_", point)
    return f"grids/{grid.name}/{day:%Y-%m}/{day}/{product}.{place}.json"
