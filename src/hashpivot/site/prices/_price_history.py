"""Hours of prices and what goes with them: one column each, no gap, no hour twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from ..model import HOUR, Bools, Clock, Floats, InvalidPrices, Times

REQUIRED = ("rt_usd_per_mwh", "da_usd_per_mwh")
OPTIONAL = (
    "load_mw",
    "wind_mw",
    "solar_mw",
    "load_fc_mw",
    "wind_fc_mw",
    "solar_fc_mw",
    "as_regup",
    "as_regdn",
    "as_rrs",
    "as_nspin",
    "as_ecrs",
    "temp_c",
)
LONGEST_GAP_HOURS = 3  # judged: a straight line over more would hide the shape of a day
_LARGEST_USD_PER_MWH = 100_000.0  # far above every price cap: a larger number is in another unit


@dataclass(frozen=True, eq=False)
class PriceHistory(Mapping[str, Floats]):
    """Hourly columns by name; make one with `make_price_history`, `read_prices` or `load_zone`. T hours.

    Args:
        ts_utc: Beginnings of consecutive hours, datetime64[h], shape (T,).
        columns: float64 arrays of shape (T,); `REQUIRED` hold a number every hour, `OPTIONAL` may hold NaN.
        zone: Load zone the prices belong to.
        filled: Hours whose price was not published and is filled, shape (T,).
    """

    ts_utc: Times
    columns: Mapping[str, Floats]
    zone: str
    filled: Bools

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
        """Number of hours."""
        return len(self.ts_utc)

    @cached_property
    def rt(self) -> Floats:
        """Real-time price, USD/MWh."""
        return self.columns["rt_usd_per_mwh"]

    @cached_property
    def da(self) -> Floats:
        """Day-ahead price, USD/MWh."""
        return self.columns["da_usd_per_mwh"]

    def clock(self, zone: ZoneInfo) -> Clock:
        """Local time of its hours."""
        return Clock(self.ts_utc, zone)

    def part(self, first: int, end: int) -> PriceHistory:
        """Hours `first` to `end`, the latter not included."""
        columns = {name: values[first:end] for name, values in self.columns.items()}
        return PriceHistory(self.ts_utc[first:end], columns, self.zone, self.filled[first:end])

    def known(self, name: str) -> bool:
        """Whether a column is there and holds a number in some hour."""
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
    """Check columns on hours in order and make a price history of them.

    Args:
        ts_utc: Beginnings of hours, datetime64, shape (T,).
        columns: float64 arrays of shape (T,); NaN where there is no value.
        zone: Load zone.
        where: How errors call it.
        fill_gaps: Fill gaps of up to three hours in prices by interpolation and flag them.
        open_end: Let the last hours have no real-time price: they are yet to come.

    Raises:
        InvalidPrices: If a column is missing, an hour stands twice or out of order, a price is missing or not
            finite; with the row, counted from 1 without the header.
    """
    for name in REQUIRED:
        if name not in columns:
            hint = f"columns are ts_utc, {', '.join((*REQUIRED, *OPTIONAL))}"
            raise InvalidPrices(f"column {name} is missing", where=where, hint=hint)
    if not len(ts_utc):
        raise InvalidPrices("holds no hour", where=where)
    _check_hours(ts_utc, where)
    hours = ts_utc.astype("datetime64[h]")
    axis = np.arange(hours[0], hours[-1] + HOUR, HOUR)
    if len(axis) > len(hours) and not fill_gaps:
        row = int(np.argmax(np.diff(hours).astype(int) > 1)) + 2
        raise InvalidPrices(
            f"hours are missing before {hours[row - 1]}", where=f"{where} row {row}", hint=_FILL_HINT
        )
    spread = {name: _on_axis(values, hours, axis) for name, values in columns.items()}
    real, ahead = (np.isnan(spread[name]) for name in REQUIRED)
    if real.all():
        raise InvalidPrices(f"column {REQUIRED[0]} holds no price", where=where)
    to_come = np.arange(len(axis)) > np.flatnonzero(~real)[-1]
    missing = ahead | (real & ~(to_come & open_end))
    if missing.any():
        _check_missing(missing, axis, where, fill_gaps)
        spread |= {name: _interpolated(spread[name]) for name in REQUIRED}
        spread[REQUIRED[0]][to_come & open_end] = np.nan
    _check_sizes(spread, axis, where)
    return PriceHistory(axis, spread, zone, missing)


_FILL_HINT = f"--fill-gaps fills up to {LONGEST_GAP_HOURS} hours in a row and says so"


def _check_hours(ts_utc: Times, where: str) -> None:
    if np.isnat(ts_utc).any():
        raise InvalidPrices("ts_utc is missing", where=f"{where} row {int(np.isnat(ts_utc).argmax()) + 1}")
    if (ts_utc.astype("datetime64[h]") != ts_utc).any():
        row = int((ts_utc.astype("datetime64[h]") != ts_utc).argmax())
        raise InvalidPrices(
            f"{ts_utc[row]} is not the beginning of an hour",
            where=f"{where} row {row + 1}",
            hint="take the mean of each hour's intervals first",
        )
    steps = np.diff(ts_utc.astype("datetime64[h]")).astype(int)
    if (steps <= 0).any():
        row = int((steps <= 0).argmax()) + 1
        what = "stands twice" if steps[row - 1] == 0 else "comes after a later hour"
        raise InvalidPrices(
            f"{ts_utc[row]} {what}", where=f"{where} row {row + 1}", hint="ts_utc is UTC, in rising order"
        )


def _on_axis(values: Floats, hours: Times, axis: Times) -> Floats:
    if len(axis) == len(hours):
        return np.ascontiguousarray(values, dtype=np.float64)
    spread = np.full(len(axis), np.nan)
    spread[(hours - axis[0]).astype(int)] = values
    return spread


def _check_missing(missing: Bools, axis: Times, where: str, fill_gaps: bool) -> None:
    row = int(missing.argmax())
    if not fill_gaps:
        raise InvalidPrices(f"no price at {axis[row]}", where=f"{where} row {row + 1}", hint=_FILL_HINT)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], missing.astype(np.int8), [0]))))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if end - first > LONGEST_GAP_HOURS or first == 0 or end == len(axis):
            raise InvalidPrices(
                f"no price for {end - first} hours from {axis[first]}",
                where=where,
                hint=f"gaps of up to {LONGEST_GAP_HOURS} hours between prices can be filled",
            )


def _interpolated(values: Floats) -> Floats:
    there = np.flatnonzero(~np.isnan(values))
    return np.interp(np.arange(len(values)), there, values[there])


def _check_sizes(columns: Mapping[str, Floats], axis: Times, where: str) -> None:
    for name, values in columns.items():
        wrong = np.isinf(values) | (
            np.abs(values) > (np.inf if name.endswith("_mw") else _LARGEST_USD_PER_MWH)
        )
        if wrong.any():
            row = int(wrong.argmax())
            raise InvalidPrices(f"{name} is {values[row]:g} at {axis[row]}", where=f"{where} row {row + 1}")
