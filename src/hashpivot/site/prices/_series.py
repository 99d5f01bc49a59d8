"""From a file's cells to columns of ours at moments, and several such files on one axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..model import TEMPERATURE_COLUMN, Floats, InvalidPrices, Whole
from ..model import Times as Moments
from ._layout import MomentColumns, PriceLayout, foreign_currency, layout_of, usd_per_mwh_factor
from ._moments import moments
from ._price_history import CALLED, COLUMNS_HINT, OPTIONAL, REQUIRED
from ._raw_table import RawTable

_REAL, _AHEAD = REQUIRED
_LONGEST, _HALF_HOUR, _SECOND = np.timedelta64(60, "m"), np.timedelta64(30, "m"), np.timedelta64(1, "s")
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
    factors = {name: usd_per_mwh_factor(column) for name, column in names.items() if _is_price(name)}
    columns |= {name: columns[name] * factor for name, factor in factors.items() if factor != 1}
    currencies = _currencies(names, reading.currency)
    ts_utc = moments(table, layout.times, ZoneInfo(reading.timezone))
    if _are_ends(layout.times, reading) and len(ts_utc):
        ts_utc = ts_utc - step_of(ts_utc)
    notes = (*_taken(layout, reading, price_name), *_multiplied(names, factors))
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


def _multiplied(names: Mapping[str, str], factors: Mapping[str, float]) -> Iterator[str]:
    for name, factor in factors.items():
        if factor != 1:
            yield f"column {names[name]} is multiplied by {factor:g} to be the price of a MWh"


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
        if not _is_price(name) or column == name:
            continue
        currency = foreign_currency(column) or ("" if "usd" in column.lower() else market_currency)
        if currency not in ("", "USD"):
            found[name] = currency
    return found


def _is_price(name: str) -> bool:
    """Return whether a column holds dollars: no powers, temperature or shares that were called."""
    return not name.endswith("_mw") and name not in (TEMPERATURE_COLUMN, *CALLED)


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

    A longer interval's value holds in each shorter one inside; shorter ones are averaged. The axis goes on as
    far as day-ahead prices.

    Raises:
        InvalidPrices: If no part or several have real-time prices, or two have the same column.
    """
    parts = [each for part in parts for each in _apart(part)]
    if len(parts) == 1:
        return parts[0]
    _check_columns(parts)
    base = next((part for part in parts if _REAL in part.columns), parts[0])
    step = step_of(base.ts_utc)
    _check_order(parts)
    last = max(
        part.ts_utc[-1] + step_of(part.ts_utc) for part in parts if _AHEAD in part.columns or part is base
    )
    beyond = np.arange(base.ts_utc[-1] + step, last - step + _SECOND, step)
    axis = np.concatenate((base.ts_utc, beyond))
    columns: dict[str, Floats] = {}
    for part in parts:
        bring = _averaged if step_of(part.ts_utc) < step else _spread
        columns |= {name: bring(part, values, axis) for name, values in part.columns.items()}
    currencies = {name: currency for part in parts for name, currency in part.currencies.items()}
    notes = [*(note for part in parts for note in part.notes), *_averages(parts, step)]
    ours = all(part.ours for part in parts)
    return FileSeries(axis, columns, base.where, currencies, tuple(dict.fromkeys(notes)), ours)


def _apart(part: FileSeries) -> list[FileSeries]:
    """Return real-time prices apart where they have longer intervals than the other columns of a file.

    Longer intervals begin with an hour, or half an hour, as in zones that lie half an hour off.
    """
    real = part.columns.get(_REAL, np.empty(0))
    there = np.isfinite(real)
    begins = part.ts_utc[there]
    in_order = (np.diff(part.ts_utc).astype(np.int64) > 0).all()
    if not len(begins) or not in_order or (step := step_of(begins)) <= step_of(part.ts_utc):
        return [part]
    if ((begins - begins.astype("datetime64[h]")) % min(step, _HALF_HOUR)).astype(np.int64).any():
        return [part]
    others = {name: values for name, values in part.columns.items() if name != _REAL}
    alone = replace(part, ts_utc=begins, columns={_REAL: real[there]})
    return [alone, replace(part, columns=others)]


def _averages(parts: Sequence[FileSeries], step: np.timedelta64) -> Iterator[str]:
    """Yield in words what is averaged to longer intervals."""
    for part in parts:
        if (own := step_of(part.ts_utc)) < step:
            shorter, longer = (int(length / np.timedelta64(1, "m")) for length in (own, step))
            names = ", ".join(part.columns)
            yield f"intervals of {shorter} minutes are averaged to the {longer} of real-time prices: {names}"


def _check_columns(parts: Sequence[FileSeries]) -> None:
    owner: dict[str, str] = {}
    for part in parts:
        for name in part.columns:
            if name in owner:
                raise InvalidPrices(
                    f"{name} stands in {owner[name]} and here",
                    where=part.where,
                    hint="leave one out, or write the rows of both into one file",
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


def _spread(part: FileSeries, values: Floats, axis: Moments) -> Floats:
    """Return the value of the interval each moment lies in, NaN where there is none."""
    row: Whole = np.searchsorted(part.ts_utc, axis, side="right") - 1
    inside = (row >= 0) & (axis - part.ts_utc[np.maximum(row, 0)] < step_of(part.ts_utc))
    return np.where(inside, values[np.maximum(row, 0)], np.nan)


def _averaged(part: FileSeries, values: Floats, axis: Moments) -> Floats:
    """Return the mean of the shorter intervals inside each of an axis, NaN where one is missing."""
    step, own = step_of(axis), step_of(part.ts_utc)
    row: Whole = np.searchsorted(axis, part.ts_utc, side="right") - 1
    inside = (row >= 0) & (part.ts_utc - axis[np.maximum(row, 0)] < step)
    count = np.bincount(row[inside], minlength=len(axis))
    total = np.bincount(row[inside], weights=values[inside], minlength=len(axis))
    return np.where(count == step // own, total / np.maximum(count, 1), np.nan)
