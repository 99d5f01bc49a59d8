"""Prices and what goes with them, interval by interval: one column each, no gap, no interval twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from ..markets import reserve_products
from ..model import (
    BASIS_COLUMN,
    INTERVALS,
    MINUTE,
    SOLAR_COLUMN,
    TEMPERATURE_COLUMN,
    Bools,
    Clock,
    Floats,
    InvalidPrices,
    Times,
    Whole,
    intervals,
)

CALLED = tuple(f"{product}_called" for product in reserve_products())
"""Columns of the share of a reserve product that was called."""
_LOAD = "load_mw"
REQUIRED = ("rt_usd_per_mwh", "da_usd_per_mwh")
OPTIONAL = (
    _LOAD,
    "wind_mw",
    "solar_mw",
    "load_fc_mw",
    "wind_fc_mw",
    "solar_fc_mw",
    *(f"as_{product}" for product in reserve_products()),
    *(f"rt_as_{product}" for product in reserve_products()),
    *CALLED,
    TEMPERATURE_COLUMN,
    BASIS_COLUMN,
    SOLAR_COLUMN,
)
_BY_INTERVAL = (REQUIRED[0], *CALLED)
"""Columns whose values are those of their interval alone."""
_OF_PRODUCTS = ("as_", "rt_as_", *CALLED)
COLUMNS_HINT = (
    "columns are ts_utc, "
    + ", ".join(name for name in (*REQUIRED, *OPTIONAL) if not name.startswith(_OF_PRODUCTS))
    + " and as_PRODUCT, rt_as_PRODUCT and PRODUCT_called of reserve products"
)
LONGEST_GAP_HOURS = 3  # judged: a straight line over more would hide the shape of a day
_FILL_HINT = f"--fill-gaps fills up to {LONGEST_GAP_HOURS} hours in a row and says so"
_INTERVAL_HINT = "intervals have 5, 15, 30 or 60 minutes, the same in the whole file"
_FEWEST_OF_EACH = 24  # judged: so many rows in order are an interval, fewer a gap
_LARGEST_USD_PER_MWH = 100_000.0  # far above every price cap: a larger number is in another unit


@dataclass(frozen=True, eq=False)
class PriceHistory(Mapping[str, Floats]):
    """Columns by name; make one with `make_price_history`, `read_prices` or `load_zone`. T intervals.

    Args:
        ts_utc: Beginnings of consecutive intervals, datetime64[m], shape (T,).
        columns: float64 arrays of shape (T,); `REQUIRED` hold a number everywhere, `OPTIONAL` may hold NaN.
        zone: Load zone the prices belong to.
        filled: Intervals whose price was not published and is filled, shape (T,).
        minutes: Length of an interval: 5, 15, 30 or 60.
        notes: What was taken for what when it was read, and what is in doubt, in words.
        stood_in: Columns the file does not hold, which others stand in for.
        gaps: Which intervals of a column are filled by what came after, by name, shape (T,) each.
    """

    ts_utc: Times
    columns: Mapping[str, Floats]
    zone: str
    filled: Bools
    minutes: int = 60
    notes: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()
    gaps: Mapping[str, Bools] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Floats:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __repr__(self) -> str:
        return f"PriceHistory({self.zone}, {self.ts_utc[0]} to {self.ts_utc[-1]} UTC, {', '.join(self)})"

    @property
    def hours(self) -> int:
        """Number of intervals: of hours, where prices are hourly."""
        return len(self.ts_utc)

    @property
    def interval_hours(self) -> float:
        """Length of an interval: megawatts times it are MWh."""
        return self.minutes / 60

    def intervals(self, hours: float) -> int:
        """Return how many of its intervals a time takes: a part of one counts as a whole."""
        return intervals(hours, self.minutes)

    @cached_property
    def rt(self) -> Floats:
        """Real-time price, USD/MWh."""
        return self.columns["rt_usd_per_mwh"]

    @cached_property
    def da(self) -> Floats:
        """Day-ahead price, USD/MWh."""
        return self.columns["da_usd_per_mwh"]

    def clock(self, zone: ZoneInfo) -> Clock:
        """Local time of its intervals."""
        return self._clocks.setdefault(zone, Clock(self.ts_utc, zone, self.minutes))

    @cached_property
    def _clocks(self) -> dict[ZoneInfo, Clock]:
        return {}

    def part(self, first: int, end: int) -> PriceHistory:
        """Intervals `first` to `end`, the latter not included."""
        columns = {name: values[first:end] for name, values in self.columns.items()}
        gaps = {name: where[first:end] for name, where in self.gaps.items()}
        filled = self.filled[first:end]
        return replace(self, ts_utc=self.ts_utc[first:end], columns=columns, filled=filled, gaps=gaps)

    def as_seen(self) -> PriceHistory:
        """Return prices as they were known: the last one before, where a gap was filled afterwards."""
        seen = {name: _carried(self.columns[name], where) for name, where in self.gaps.items()}
        return replace(self, columns={**self.columns, **seen}, gaps={})

    def hourly(self, zone: ZoneInfo) -> PriceHistory:
        """Return the means of the hours of a zone's clocks; itself if it is hourly.

        An hour cut by the beginning or end takes the mean of what is there; one with a gap has none.
        """
        if self.minutes == 60:
            return self
        number = self.clock(zone).hour_number
        first = np.searchsorted(number, np.arange(number[-1] + 1))
        count = np.diff(np.append(first, len(number)))
        columns = {name: np.add.reduceat(values, first) / count for name, values in self.columns.items()}
        filled = np.logical_or.reduceat(self.filled, first)
        begins = self.ts_utc[first] - self.clock(zone).minute_of_day[first] % 60 * MINUTE
        return replace(self, ts_utc=begins, columns=columns, filled=filled, minutes=60, gaps={})

    def with_columns(self, columns: Mapping[str, Floats]) -> PriceHistory:
        """Return the same intervals with other columns."""
        return replace(self, columns=columns)

    def known(self, name: str) -> bool:
        """Whether a column is there and holds a number in some interval."""
        return name in self.columns and bool(np.isfinite(self.columns[name]).any())


def make_price_history(
    ts_utc: Times,
    columns: Mapping[str, Floats],
    zone: str,
    where: str,
    *,
    fill_gaps: bool = False,
    open_end: bool = False,
) -> PriceHistory:
    """Check columns on intervals in order and make a price history of them.

    The interval is the step most rows follow one another by. In a file of shorter intervals a column other
    than the real-time price may hold a value only where an hour (or half, or quarter) begins, for all of it.

    Args:
        ts_utc: Beginnings of intervals, datetime64, shape (T,).
        columns: float64 arrays of shape (T,); NaN where there is no value.
        zone: Load zone.
        where: How errors call it.
        fill_gaps: Fill gaps of up to three hours in prices and the system's load by interpolation and flag
            them: settlement takes these, decisions the last value before (`as_seen`).
        open_end: Let the last intervals have no real-time price: they are yet to come.

    Raises:
        InvalidPrices: If a column is missing, an interval stands twice, out of order or between two others,
            has not 5, 15, 30 or 60 minutes, or a price is missing or not finite; with the row, counted from 1
            without the header.
    """
    for name in REQUIRED:
        if name not in columns:
            raise InvalidPrices(f"column {name} is missing", where=where, hint=COLUMNS_HINT)
    if not len(ts_utc):
        raise InvalidPrices("holds no hour", where=where)
    times, minutes = _checked_times(ts_utc, where)
    step = minutes * MINUTE
    axis = np.arange(times[0], times[-1] + step, step)
    if len(axis) > len(times) and not fill_gaps:
        row = int(np.argmax(np.diff(times) > step)) + 2
        raise InvalidPrices(
            f"{_plural(minutes)} are missing before {times[row - 1]}",
            where=f"{where} row {row}",
            hint=_FILL_HINT,
        )
    place = (times - axis[0]) // step
    spread = {name: _on_axis(values, place, len(axis)) for name, values in columns.items()}
    spread |= {
        name: _held(values, axis, minutes) for name, values in spread.items() if name not in _BY_INTERVAL
    }
    real, ahead = (np.isnan(spread[name]) for name in REQUIRED)
    if real.all():
        raise InvalidPrices(f"column {REQUIRED[0]} holds no price", where=where)
    to_come = np.arange(len(axis)) > np.flatnonzero(~real)[-1]
    missing = ahead | (real & ~(to_come & open_end))
    gaps: dict[str, Bools] = {}
    if missing.any():
        _check_missing(missing, axis, minutes, where, fill_gaps)
        gaps = {REQUIRED[0]: real & ~(to_come & open_end), REQUIRED[1]: ahead}
        spread |= {name: _interpolated(spread[name]) for name in REQUIRED}
        spread[REQUIRED[0]][to_come & open_end] = np.nan
    if fill_gaps and _LOAD in spread:
        gaps[_LOAD] = _short_gaps(spread[_LOAD], intervals(LONGEST_GAP_HOURS, minutes))
        spread[_LOAD] = np.where(gaps[_LOAD], _interpolated(spread[_LOAD]), spread[_LOAD])
    _check_sizes(spread, axis, where)
    return PriceHistory(axis, spread, zone, missing, minutes, gaps=gaps)


def _checked_times(ts_utc: Times, where: str) -> tuple[Times, int]:
    """Return beginnings of intervals in whole minutes, and the minutes an interval has."""
    if np.isnat(ts_utc).any():
        raise InvalidPrices("ts_utc is missing", where=f"{where} row {int(np.isnat(ts_utc).argmax()) + 1}")
    times = ts_utc.astype("datetime64[m]")
    if (times != ts_utc).any():
        row = int((times != ts_utc).argmax())
        raise InvalidPrices(
            f"{ts_utc[row]} is not a whole minute", where=f"{where} row {row + 1}", hint=_INTERVAL_HINT
        )
    steps = np.diff(times).astype(np.int64)
    if (steps <= 0).any():
        row = int((steps <= 0).argmax()) + 1
        what = "stands twice" if steps[row - 1] == 0 else "comes after a later one"
        raise InvalidPrices(
            f"{ts_utc[row]} {what}", where=f"{where} row {row + 1}", hint="ts_utc is UTC, in rising order"
        )
    _check_change(times, steps, where)
    minutes = _interval(steps, where)
    beside = (times - times[0]).astype(np.int64) % minutes != 0
    if beside.any():
        row = int(beside.argmax())
        raise InvalidPrices(
            f"{times[row]} lies between two beginnings of intervals of {minutes} minutes",
            where=f"{where} row {row + 1}",
            hint=_INTERVAL_HINT,
        )
    return times, minutes


def _check_change(times: Times, steps: Whole, where: str) -> None:
    """Raise if rows follow one another by one interval up to some moment, and by another from then on."""
    changes = np.flatnonzero(np.diff(steps)) + 1
    if len(changes) != 1 or min(changes[0], len(steps) - changes[0]) < _FEWEST_OF_EACH:
        return
    row = int(changes[0])
    before, after = int(steps[row - 1]), int(steps[row])
    shorter, longer = sorted((before, after))
    raise InvalidPrices(
        f"rows follow one another by {before} minutes until {times[row]}, and by {after} from then on",
        where=f"{where} row {row + 1}",
        hint=f"repeat each price of {longer} minutes every {shorter}, or leave one part out",
    )


def _interval(steps: Whole, where: str) -> int:
    """Return the commonest step in minutes; an hour where all rows lie hours apart."""
    values, counts = np.unique(steps, return_counts=True)
    commonest = int(values[counts.argmax()]) if len(steps) else 60
    minutes = 60 if commonest % 60 == 0 else commonest
    if minutes not in INTERVALS:
        row = int((steps == commonest).argmax()) + 2
        raise InvalidPrices(
            f"rows follow one another by {minutes} minutes", where=f"{where} row {row}", hint=_INTERVAL_HINT
        )
    return minutes


def _plural(minutes: int) -> str:
    return "hours" if minutes == 60 else f"intervals of {minutes} minutes"


def _on_axis(values: Floats, place: Whole, length: int) -> Floats:
    if len(place) == length:
        return np.ascontiguousarray(values, dtype=np.float64)
    spread = np.full(length, np.nan)
    spread[place] = values
    return spread


def _held(values: Floats, axis: Times, minutes: int) -> Floats:
    """Hold values given only as longer intervals begin for all of these; others are returned as they are."""
    there, moment = np.isfinite(values), axis.astype(np.int64)
    for longer in [longer for longer in reversed(INTERVALS) if longer > minutes]:
        first = moment[there.argmax()]
        if there.any() and ((moment - first)[there] % longer == 0).all():
            begins = np.maximum(np.arange(len(values)) - (moment - first) % longer // minutes, 0)
            return values[begins]
    return values


def _check_missing(missing: Bools, axis: Times, minutes: int, where: str, fill_gaps: bool) -> None:
    row = int(missing.argmax())
    if not fill_gaps:
        raise InvalidPrices(f"no price at {axis[row]}", where=f"{where} row {row + 1}", hint=_FILL_HINT)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], missing.astype(np.int8), [0]))))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if end - first > intervals(LONGEST_GAP_HOURS, minutes) or first == 0 or end == len(axis):
            raise InvalidPrices(
                f"no price for {(end - first) * minutes / 60:g} hours from {axis[first]}",
                where=where,
                hint=f"gaps of up to {LONGEST_GAP_HOURS} hours between prices can be filled",
            )


def _short_gaps(values: Floats, longest: int) -> Bools:
    """Return where values are missing, between others, no more than so many in a row."""
    there = np.flatnonzero(~np.isnan(values))
    short = np.zeros(len(values), dtype=bool)
    for hole in np.flatnonzero(np.diff(there) > 1):
        last, after = there[hole], there[hole + 1]
        short[last + 1 : after] = after - last - 1 <= longest
    return short


def _carried(values: Floats, gap: Bools) -> Floats:
    """Return values with the last one before it in each interval of a gap."""
    last = np.maximum.accumulate(np.where(gap, 0, np.arange(len(values))))
    return values[last]


def _interpolated(values: Floats) -> Floats:
    there = np.flatnonzero(~np.isnan(values))
    return np.interp(np.arange(len(values)), there, values[there]) if len(there) else values


def _check_sizes(columns: Mapping[str, Floats], axis: Times, where: str) -> None:
    for name, values in columns.items():
        called = name in CALLED
        most = np.inf if name.endswith("_mw") else 1.0 if called else _LARGEST_USD_PER_MWH
        wrong = np.isinf(values) | (values > most) | (values < (0.0 if called else -most))
        if wrong.any():
            row = int(wrong.argmax())
            raise InvalidPrices(
                f"{name} is {values[row]:g} at {axis[row]}",
                where=f"{where} row {row + 1}",
                hint="it is the share of what is sold that is called, from 0 to 1" if called else "",
            )
