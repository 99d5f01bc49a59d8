"""From a file's cells to columns of ours at moments, and several such files on one axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..model import Floats, InvalidPrices, Whole
from ..model import Times as Moments
from ._layout import MomentColumns, PriceLayout, foreign_currency, layout_of
from ._moments import moments
from ._price_history import COLUMNS_HINT, OPTIONAL, REQUIRED
from ._raw_table import RawTable

_REAL, _AHEAD = REQUIRED
_SHORTEST, _LONGEST = np.timedelta64(5, "m"), np.timedelta64(60, "m")
_MOST_SHOWN = 8


@dataclass(frozen=True, eq=False)
class FileSeries:
    """Columns of a file.

    Args:
        ts_utc: Beginnings of intervals, datetime64[s], shape (N,).
        columns: float64 arrays of shape (N,) by our name.
        where: How errors call it.
        currencies: Currency of columns that are not in dollars, by our name.
        notes: What was taken for what, in words.
        ours: Whether the file's names are all ours.
    """

    ts_utc: Moments
    columns: Mapping[str, Floats]
    where: str
    currencies: Mapping[str, str]
    notes: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class PriceReading:
    """How files are read.

    Args:
        zone: Location whose rows are taken; any, if empty and there is but one.
        timezone: Market local time.
        columns: Column of the file by our name.
        hour_ending: Whether moments whose column does not say are the ends of intervals.
        currency: Currency of prices whose column does not say.
    """

    zone: str = ""
    timezone: str = "America/Chicago"
    columns: Mapping[str, str] | None = None
    hour_ending: bool = False
    currency: str = "USD"


def file_series(table: RawTable, reading: PriceReading) -> list[FileSeries]:
    """Return the columns of a file, the day-ahead and the real-time market apart where rows mix them.

    Raises:
        InvalidPrices: If moments or prices are not found or cannot be read, or several locations have rows
            and none is named.
    """
    layout = layout_of(list(table.columns), reading.columns or {}, table.where)
    if not len(table.columns[layout.times.name]):
        raise InvalidPrices("holds no hour", where=table.where)
    part = _of_location(table, layout, reading.zone)
    by_name = _by_market(part, layout)
    if layout.product:
        by_name = [each for price_name, rows in by_name for each in _by_product(rows, layout, price_name)]
    made = [_series(rows, layout, reading, name) for name, rows in by_name]
    return made if layout.ours else [_in_order(series) for series in made]


def _of_location(table: RawTable, layout: PriceLayout, zone: str) -> RawTable:
    if not layout.location:
        return table
    places = table.texts(layout.location)
    known = sorted(set(places))
    chosen = next((place for place in known if place.lower() == zone.lower()), "")
    if not chosen and len(known) == 1 and not zone:
        chosen = known[0]
    if not chosen:
        shown = ", ".join(known[:_MOST_SHOWN]) + (" ..." if len(known) > _MOST_SHOWN else "")
        what = f"holds no prices of {zone}" if zone else f"holds prices of {len(known)} locations"
        raise InvalidPrices(f"{what}: {shown}", where=table.where, hint="choose one by --zone")
    return _rows(table, np.array([place == chosen for place in places]), f"rows of {chosen}")


def _by_market(table: RawTable, layout: PriceLayout) -> list[tuple[str, RawTable]]:
    """Return the rows of each market, and the column of ours its one price is."""
    if not layout.market or not layout.price:
        return [(_price_name(layout), table)]
    markets = table.texts(layout.market)
    names = {market: _market_name(market, table.where) for market in sorted(set(markets))}
    _check_one_each(names, table.where)
    return [
        (name, _rows(table, np.array([each == market for each in markets]), f"rows of {market}"))
        for market, name in names.items()
    ]


def _by_product(table: RawTable, layout: PriceLayout, price_name: str) -> list[tuple[str, RawTable]]:
    """Return the rows of each reserve product of a market, and the column of ours its price is."""
    prefix = "as_" if price_name == _AHEAD else "rt_as_"
    products = [text.lower() for text in table.texts(layout.product)]
    parts = []
    for product in sorted(set(products)):
        if f"{prefix}{product}" not in OPTIONAL:
            raise InvalidPrices(
                f"holds prices of {product!r}, which is no reserve product here",
                where=table.where,
                hint=COLUMNS_HINT,
            )
        rows = _rows(table, np.array([each == product for each in products]), f"rows of {product}")
        parts.append((f"{prefix}{product}", rows))
    return parts


def _check_one_each(names: Mapping[str, str], where: str) -> None:
    for name in REQUIRED:
        of_name = [market for market, each in names.items() if each == name]
        if len(of_name) > 1:
            raise InvalidPrices(
                f"holds {' and '.join(of_name)}, which are both {name}", where=where, hint="keep one of them"
            )


def _market_name(market: str, where: str) -> str:
    folded = market.upper().replace(" ", "_").replace("-", "_")
    if folded.startswith(("DAY_AHEAD", "DAM", "DA")):
        return _AHEAD
    if folded.startswith(("REAL_TIME", "RTM", "RT", "HOURLY_POOL")):
        return _REAL
    raise InvalidPrices(
        f"market {market[:60]!r} is neither day-ahead nor real-time",
        where=where,
        hint="remove its rows, or name them DAY_AHEAD_HOURLY or REAL_TIME_15_MIN",
    )


def _price_name(layout: PriceLayout) -> str:
    """Return which price a price column is whose rows name no market.

    ERCOT's day-ahead prices have an hour ending, its real-time ones an interval. A price the user has already
    named leaves the other.
    """
    if _REAL in layout.values:
        return _AHEAD
    if layout.times.kind == "delivery" and not layout.times.interval:
        return _AHEAD
    return _REAL


def _series(table: RawTable, layout: PriceLayout, reading: PriceReading, price_name: str) -> FileSeries:
    names = dict(layout.values) | ({price_name: layout.price} if layout.price else {})
    columns = {name: table.numbers(column, name) for name, column in names.items()}
    currencies = _currencies(names, reading.currency)
    ts_utc = moments(table, layout.times, ZoneInfo(reading.timezone))
    if _are_ends(layout.times, reading) and len(ts_utc):
        ts_utc = ts_utc - step_of(ts_utc)
    notes = tuple(_taken(layout, reading, price_name))
    return FileSeries(ts_utc, columns, table.where, currencies, notes, layout.ours)


def _are_ends(times: MomentColumns, reading: PriceReading) -> bool:
    return times.edge == "end" or (reading.hour_ending and not times.edge)


def _taken(layout: PriceLayout, reading: PriceReading, price_name: str) -> Iterator[str]:
    """Yield in words what is taken for what."""
    if reading.hour_ending and layout.times.edge == "start":
        yield (
            f"--hour-ending leaves the times of {layout.times.hour or layout.times.name} alone: "
            "they are known to begin intervals"
        )
    if layout.times.kind == "delivery":  # ERCOT's own tables are known
        return
    if layout.price and not layout.market:
        yield _market_taken(layout.price, price_name)
    for name, column in layout.guessed.items():
        yield f"column {column} is taken for {name}; --columns {name}=COLUMN takes another"


def _market_taken(column: str, price_name: str) -> str:
    called = "real-time" if price_name.startswith("rt_") else "day-ahead"
    if price_name not in REQUIRED:
        return (
            f"column {column} is taken for {called} prices of reserve; "
            "a column Market of DAM or RTM says otherwise"
        )
    other = REQUIRED[1 - REQUIRED.index(price_name)]
    return f"column {column} is taken for the {called} price; --columns {other}={column!r} says otherwise"


def _currencies(names: Mapping[str, str], market_currency: str) -> dict[str, str]:
    """Return the currency of prices that are not in dollars; a column with our name is in dollars."""
    found = {}
    for name, column in names.items():
        if name.endswith("_mw") or name == "temp_c" or column == name:
            continue
        currency = foreign_currency(column) or ("" if "usd" in column.lower() else market_currency)
        if currency not in ("", "USD"):
            found[name] = currency
    return found


def _in_order(series: FileSeries) -> FileSeries:
    order = np.argsort(series.ts_utc, kind="stable")
    columns = {name: values[order] for name, values in series.columns.items()}
    return replace(series, ts_utc=series.ts_utc[order], columns=columns)


def _rows(table: RawTable, chosen: np.ndarray, what: str) -> RawTable:
    if chosen.all():
        return table
    places = np.flatnonzero(chosen).tolist()
    columns: dict[str, Sequence[Any]] = {
        name: cells[chosen] if isinstance(cells, np.ndarray) else [cells[n] for n in places]
        for name, cells in table.columns.items()
    }
    return replace(table, where=f"{table.where}, {what},", columns=columns)


def step_of(ts_utc: Moments) -> np.timedelta64:
    """Return the length of intervals that begin at these moments: the shortest distance, at most an hour."""
    steps = np.diff(np.unique(ts_utc))
    if not len(steps):
        return _LONGEST.astype("timedelta64[s]")
    return min(steps.min(), _LONGEST.astype("timedelta64[s]"))


def joined(parts: Sequence[FileSeries]) -> FileSeries:
    """Return several series on the axis of the one with real-time prices.

    A longer interval's value holds in each shorter one inside. The axis goes on as far as day-ahead prices.

    Raises:
        InvalidPrices: If no part or several have real-time prices, two have the same column, or a part has
            shorter intervals than they.
    """
    if len(parts) == 1:
        return parts[0]
    _check_columns(parts)
    base = next((part for part in parts if _REAL in part.columns), parts[0])
    step = step_of(base.ts_utc)
    _check_order(parts)
    last = max(
        part.ts_utc[-1] + step_of(part.ts_utc) for part in parts if _AHEAD in part.columns or part is base
    )
    beyond = np.arange(base.ts_utc[-1] + step, last, step)
    axis = np.concatenate((base.ts_utc, beyond))
    columns: dict[str, Floats] = {}
    for part in parts:
        _check_step(part, step)
        columns |= {name: _spread(part, values, axis) for name, values in part.columns.items()}
    currencies = {name: currency for part in parts for name, currency in part.currencies.items()}
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    return FileSeries(axis, columns, base.where, currencies, notes, all(part.ours for part in parts))


def _check_columns(parts: Sequence[FileSeries]) -> None:
    owner: dict[str, str] = {}
    for part in parts:
        for name in part.columns:
            if name in owner:
                raise InvalidPrices(
                    f"{name} stands in {owner[name]} and here", where=part.where, hint="leave one out"
                )
            owner[name] = part.where


def _check_order(parts: Sequence[FileSeries]) -> None:
    for part in parts:
        if not len(part.ts_utc):
            raise InvalidPrices("holds no hour", where=part.where)
        late = np.diff(part.ts_utc).astype(np.int64) <= 0
        if late.any():
            moment = part.ts_utc[int(late.argmax()) + 1]
            raise InvalidPrices(f"{moment} stands twice or out of order", where=part.where)


def _check_step(part: FileSeries, step: np.timedelta64) -> None:
    own = step_of(part.ts_utc)
    if own < step:
        minutes = int(own / np.timedelta64(1, "m"))
        raise InvalidPrices(
            f"has intervals of {minutes} minutes, shorter than those of the real-time price",
            where=part.where,
            hint="take their mean first",
        )


def _spread(part: FileSeries, values: Floats, axis: Moments) -> Floats:
    """Return the value of the interval each moment lies in, NaN where there is none."""
    row: Whole = np.searchsorted(part.ts_utc, axis, side="right") - 1
    inside = (row >= 0) & (axis - part.ts_utc[np.maximum(row, 0)] < step_of(part.ts_utc))
    return np.where(inside, values[np.maximum(row, 0)], np.nan)
