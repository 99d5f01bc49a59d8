"""What a user asks of a power market, checked, and the ways to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from hashpivot.core import InvalidInput
from hashpivot.sources import Client, Settings, Store
from hashpivot.sources.http import address_parts
from hashpivot.sources.power import (
    GRID_PRODUCTS,
    DayRoute,
    ErcotKeys,
    MarketClock,
    MisReports,
    OtherGrid,
    PowerDay,
    PublicReports,
    chosen_products,
    ercot_keys,
    ercot_service,
    grid_days,
    local_days,
    mis_service,
    power_days,
)

DEFAULT_POINTS = ("LZ_WEST",)
"""ERCOT's west load zone, where most of the listed miners' Texan sites are."""
_MOST_DAYS_AHEAD = 366  # enough for the end of this year or season; nothing is published for days so far off
_POINT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._&-]{0,59}")
_ERCOT_POINT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class PowerAsked:
    """A checked question to a power market.

    Args:
        market: `ercot`, or another grid.
        days: Local days.
        products: Names.
        points: Settlement points.
        now: What is due by then should be there.
        base_url: Of a stand-in, empty for the real service.
        dry_run: Ask nothing.
        on_wait: Told what is waited for.
    """

    market: str
    days: tuple[date, ...]
    products: tuple[str, ...]
    points: tuple[str, ...]
    now: datetime
    base_url: str = ""
    dry_run: bool = False
    on_wait: Callable[[str], None] | None = None


def days_asked(
    start: str | date, end: str | date | None, clock: MarketClock, now: datetime
) -> tuple[date, ...]:
    """The local days from `start` to `end`, both included; to today if `end` is not given.

    Raises:
        InvalidInput: If one is no day or far ahead, or they are in the wrong order.
    """
    first, last = _day(start, "--start"), clock.day_of(now) if end is None else _day(end, "--end")
    if first > last:
        raise InvalidInput(f"{first} is after {last}", where="--start", hint="name the earlier day first")
    if (last - clock.day_of(now)).days > _MOST_DAYS_AHEAD:
        raise InvalidInput(
            f"{last} is more than a year ahead", where="--end", hint="nothing is published that early"
        )
    return tuple(local_days(first, last))


def points_asked(points: Iterable[str], market: str) -> tuple[str, ...]:
    """The points named, each once; ERCOT's west load zone if none is.

    Raises:
        InvalidInput: If one cannot be a point, or another grid than ERCOT is asked without any.
    """
    pattern = _ERCOT_POINT if market == "ercot" else _POINT
    wanted = tuple(dict.fromkeys(point.strip() for point in points if point.strip()))
    wrong = next((point for point in wanted if not pattern.fullmatch(point)), None)
    if wrong is not None:
        raise InvalidInput(
            f"{wrong!r} is no settlement point", where="--point", hint="such as HB_WEST or LZ_WEST"
        )
    if not wanted and market != "ercot":
        raise InvalidInput(
            f"no point of {market} is named", where="--point", hint="name its location or zone"
        )
    return wanted or DEFAULT_POINTS


def ercot_days(asked: PowerAsked, settings: Settings, store: Store) -> Iterator[tuple[str, int, PowerDay]]:
    """Days of ERCOT as they come, each with the name of the way and the requests sent so far.

    Raises:
        InvalidInput: If the keys are incomplete, or would go unprotected to another machine.
        DocumentStoreError: If a day cannot be kept.
    """
    products = chosen_products(asked.products)
    with _ercot_route(asked, settings, store) as (route, client):
        for product in products:
            for day in power_days(route, store, product, asked.points, asked.days, asked.now):
                yield route.name if route else "", client.sent if client else 0, day


def other_grid_days(asked: PowerAsked, grid: OtherGrid, store: Store) -> Iterator[tuple[str, int, PowerDay]]:
    """Days of another grid, as `ercot_days`.

    Raises:
        InvalidInput: If a product is none of `GRID_PRODUCTS`, or the grid has no such market.
    """
    for product in asked.products or GRID_PRODUCTS:
        if product not in GRID_PRODUCTS:
            hint = f"of other grids there are {' and '.join(GRID_PRODUCTS)}"
            raise InvalidInput(
                f"{asked.market} has no product {product!r} here", where="--product", hint=hint
            )
        for point in asked.points:
            days = grid_days(grid, store, product, point, asked.days, asked.now, dry_run=asked.dry_run)
            yield from (("gridstatus", 0, day) for day in days)


@contextmanager
def _ercot_route(
    asked: PowerAsked, settings: Settings, store: Store
) -> Iterator[tuple[DayRoute | None, Client | None]]:
    """The public API if there are keys, else the keyless reports; nothing for a dry run."""
    keys = ercot_keys(settings)
    if asked.dry_run:
        yield None, None
        return
    address = asked.base_url or settings.value("ercot", "base_url")
    make = ercot_service if keys else mis_service
    with Client(make(settings, base_url=address), on_wait=asked.on_wait) as client:
        yield _with_keys(client, keys, address) if keys else MisReports(client, store), client


def _with_keys(client: Client, keys: ErcotKeys, address: str) -> PublicReports:
    parts = address_parts(address, "ercot") if address else None
    if parts and parts.scheme == "http" and parts.hostname not in _THIS_MACHINE:
        raise InvalidInput(
            "keys would go unprotected over the network", where=address, hint="use an address with https"
        )
    return PublicReports(client, keys)


def _day(text: str | date, where: str) -> date:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is no day", where=where, hint="such as 2026-07-01") from None
