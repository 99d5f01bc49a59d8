"""What decisions rest on, and how it is logged: whole at first, then what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from ..information import Hashprices
from ..model import MINUTE, Bools, Floats, utc_minute
from ..prices import PriceHistory
from ._state_file import moment_text

_MOST = 1e12  # products of larger numbers could leave the range of a float
_MOST_MINUTES, _MOST_INTERVALS = 1440, 10_000_000
_FILLED = "filled"


@dataclass(frozen=True)
class LoggedHashprices:
    """Hashprices by UTC day, as a decision knew them.

    Args:
        by_day: Hashprice of consecutive days.
    """

    by_day: Mapping[date, float]

    @property
    def first_priced_day(self) -> date:
        """First day with a hashprice."""
        return min(self.by_day)

    @property
    def last_day(self) -> date:
        """Last day."""
        return max(self.by_day)

    def hashprice_usd_per_ph_day(self, day: date) -> float:
        """Return the hashprice of a day."""
        return self.by_day[day]

    @classmethod
    def of(cls, network: Hashprices, prices: PriceHistory) -> LoggedHashprices:
        """Return the hashprices that decisions on some prices can need."""
        first = max(network.first_priced_day, _day(prices.ts_utc[0]) - timedelta(days=2))
        days = (network.last_day - first).days
        if days < 0:
            return cls({network.last_day: network.hashprice_usd_per_ph_day(network.last_day)})
        wanted = [first + timedelta(days=n) for n in range(days + 1)]
        return cls({day: network.hashprice_usd_per_ph_day(day) for day in wanted})


@dataclass
class HashpriceReader:
    """Reads hashprices of a network's history, each history's once for as long as prices begin alike."""

    _of: tuple[Hashprices, date] | None = None
    _read: LoggedHashprices = field(default_factory=lambda: LoggedHashprices({}))

    def read(self, network: Hashprices, prices: PriceHistory) -> LoggedHashprices:
        """Return `LoggedHashprices.of` the same."""
        first = _day(prices.ts_utc[0])
        if self._of is None or self._of[0] is not network or self._of[1] != first:
            self._of, self._read = (network, first), LoggedHashprices.of(network, prices)
        return self._read


@dataclass(frozen=True)
class RunInputs:
    """What a decision rests on beside the site and its state.

    Args:
        prices: Prices as read; None before any were.
        hashprices: Hashprices.
    """

    prices: PriceHistory | None = None
    hashprices: LoggedHashprices = field(default_factory=lambda: LoggedHashprices({}))

    def changes_since(self, before: RunInputs) -> dict[str, Any]:
        """Return what changed, as `changed` takes it."""
        news: dict[str, float] = {}
        if self.hashprices is not before.hashprices:
            news = {
                day.isoformat(): value
                for day, value in self.hashprices.by_day.items()
                if before.hashprices.by_day.get(day) != value
            }
        gone = [day.isoformat() for day in before.hashprices.by_day if day not in self.hashprices.by_day]
        prices = None if self.prices is None else _price_changes(self.prices, before.prices)
        return {"prices": prices, "hashprices": news, "hashprices_gone": gone}

    def changed(self, changes: Mapping[str, Any]) -> RunInputs:
        """Return inputs after changes."""
        gone = set(changes["hashprices_gone"])
        by_day = {day: value for day, value in self.hashprices.by_day.items() if day.isoformat() not in gone}
        by_day |= {date.fromisoformat(day): value for day, value in changes["hashprices"].items()}
        prices = None if changes["prices"] is None else _changed_prices(self.prices, changes["prices"])
        return RunInputs(prices, LoggedHashprices(dict(sorted(by_day.items()))))


def position_of(prices: PriceHistory, moment: datetime) -> int:
    """Return the position of the interval that begins at a moment, whether or not the prices hold it."""
    since = utc_minute(moment) - prices.ts_utc[0].astype("datetime64[m]")
    return int(since // (prices.minutes * MINUTE))


def _day(ts_utc: Any) -> date:
    day: date = ts_utc.astype("datetime64[D]").item()
    return day


def _price_changes(prices: PriceHistory, before: PriceHistory | None) -> dict[str, Any]:
    columns, count = _columns(prices), prices.hours
    changed = np.ones(count, dtype=bool)
    if _same_shape(prices, before):
        assert before is not None
        earlier = _aligned(before, prices.ts_utc[0], count)
        changed = np.any([~_equal(columns[name], earlier[name]) for name in columns], axis=0)
    table = np.stack([values[changed] for values in columns.values()], axis=1)
    rows = [
        [str(ts), *(None if np.isnan(value) else value for value in row)]
        for ts, row in zip(prices.ts_utc[changed], table.tolist(), strict=True)
    ]
    head = {
        "zone": prices.zone,
        "notes": list(prices.notes),
        "stood_in": list(prices.stood_in),
        "minutes": prices.minutes,
        "first": str(prices.ts_utc[0]),
        "hours": count,
    }
    return {**head, "columns": list(columns), "rows": rows}


def _changed_prices(before: PriceHistory | None, changes: Mapping[str, Any]) -> PriceHistory:
    names, minutes, count = changes["columns"], changes["minutes"], changes["hours"]
    if not (0 < minutes <= _MOST_MINUTES and 0 <= count <= _MOST_INTERVALS):
        raise ValueError("intervals that no market has")
    first = np.datetime64(changes["first"], "m")
    axis = first + np.arange(count) * minutes * MINUTE
    if before is not None and before.minutes == minutes and list(_columns(before)) == names:
        columns = _aligned(before, first, count)
    else:
        columns = {name: np.full(count, np.nan) for name in names}
    rows = changes["rows"]
    if rows:
        moments = np.array([row[0] for row in rows], dtype="datetime64[m]")
        if np.isnat(moments).any() or (moments < first).any():
            raise ValueError("a row before the first interval")
        where = ((moments - first) / (minutes * MINUTE)).astype(int)
        table = np.array([row[1:] for row in rows], dtype=np.float64)
        if (np.abs(table) > _MOST).any():
            raise ValueError("a price or load that no market has")
        for n, name in enumerate(names):
            columns[name][where] = table[:, n]
    filled = columns.pop(_FILLED) > 0
    notes, stood_in = tuple(changes["notes"]), tuple(changes["stood_in"])
    return PriceHistory(axis, columns, changes["zone"], filled, minutes, notes, stood_in)


def _columns(prices: PriceHistory) -> dict[str, Floats]:
    return {**prices.columns, _FILLED: prices.filled.astype(np.float64)}


def _same_shape(prices: PriceHistory, before: PriceHistory | None) -> bool:
    return before is not None and before.minutes == prices.minutes and list(before) == list(prices)


def _aligned(before: PriceHistory, first: Any, count: int) -> dict[str, Floats]:
    """Return copies of the columns of earlier prices on a newer axis, NaN where they have none."""
    shift = int((first - before.ts_utc[0]) / (before.minutes * MINUTE))
    begin, end = max(0, -shift), min(count, before.hours - shift)
    columns = {}
    for name, values in _columns(before).items():
        columns[name] = np.full(count, np.nan)
        if begin < end:
            columns[name][begin:end] = values[begin + shift : end + shift]
    return columns


def _equal(one: Floats, other: Floats) -> Bools:
    same: Bools = (one == other) | (np.isnan(one) & np.isnan(other))
    return same


def inputs_text(prices: PriceHistory | None, moment: datetime) -> str:
    """Return in words how far prices reach at a moment."""
    if prices is None:
        return f"no prices at {moment_text(moment)}"
    known = np.flatnonzero(~np.isnan(prices.rt))
    real = f"{prices.ts_utc[known[-1]]}Z" if len(known) else "none"
    return f"real-time prices to {real}, day-ahead prices to {prices.ts_utc[-1]}Z"
