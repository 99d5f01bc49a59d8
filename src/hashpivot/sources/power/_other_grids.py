"""Prices of other grids, through gridstatus where it is installed.

Assumed: that every grid's `get_lmp` takes a day, an end, a market and locations, and gives the columns named
here with aware moments, as its documentation says. It is never required: 0.36 asks for pandas below 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hashpivot.core import InvalidInput, UnexpectedAnswer, Unreachable, near_keys, optional_library

from .series import MarketClock, PowerSeries

GRIDS: Mapping[str, str] = {
    "aeso": "AESO",
    "caiso": "CAISO",
    "ieso": "IESO",
    "isone": "ISONE",
    "miso": "MISO",
    "nyiso": "NYISO",
    "pjm": "PJM",
    "spp": "SPP",
}
"""Other grids by name, and their classes in gridstatus."""

_START, _END, _POINT, _PRICE = "Interval Start", "Interval End", "Location", "LMP"
_MARKETS = {
    "day-ahead": ("da_usd_per_mwh", ("DAY_AHEAD_HOURLY",)),
    "real-time": ("rt_usd_per_mwh", ("REAL_TIME_5_MIN", "REAL_TIME_15_MIN", "REAL_TIME_HOURLY")),
}
GRID_PRODUCTS = tuple(_MARKETS)
"""What is fetched of other grids."""


class OtherGrid:
    """A grid that gridstatus knows.

    Args:
        name: One of `GRIDS`.

    Raises:
        InvalidInput: If there is none of that name.
        MissingLibrary: If gridstatus is not installed.
    """

    def __init__(self, name: str) -> None:
        if name not in GRIDS:
            raise InvalidInput(f"no grid is called {name!r}", hint=near_keys(name, ("ercot", *GRIDS)))
        self.name = name
        library = optional_library("gridstatus", f"the grid {name}", "grids")
        self._grid = getattr(library, GRIDS[name])()
        try:
            self.clock = MarketClock(ZoneInfo(str(self._grid.default_timezone)))
        except (AttributeError, ValueError, ZoneInfoNotFoundError):
            raise _changed(name, "it names no time zone") from None

    def __repr__(self) -> str:
        return f"OtherGrid({self.name})"

    def prices(self, product: str, point: str, first: date, last: date) -> PowerSeries:
        """Prices of a point over local days, both included.

        Args:
            product: `day-ahead` or `real-time`.
            point: Location, as the grid calls it.
            first: First day.
            last: Last day.

        Raises:
            InvalidInput: If the grid has no such market.
            Unreachable: If gridstatus fails; its words are not repeated, they can hold keys.
            UnexpectedAnswer: If a column is missing, a moment has no zone, or intervals differ in length.
        """
        name, markets = _MARKETS[product]
        offered = {str(getattr(market, "value", market)) for market in getattr(self._grid, "markets", ())}
        market = next((market for market in markets if market in offered), None)
        if market is None:
            raise InvalidInput(
                f"{self.name} has no market {product}", hint=f"it has: {', '.join(sorted(offered))}"
            )
        try:
            frame = self._grid.get_lmp(
                date=first.isoformat(),
                end=(last + timedelta(1)).isoformat(),
                market=market,
                locations=[point],
            )
        except Exception as error:
            raise Unreachable(
                f"gridstatus could not get prices of {self.name}: {type(error).__name__}",
                where=f"{self.name} {market}",
                hint="try it in gridstatus itself; some grids want a key of their own",
            ) from None
        return self._series(name, point, frame)

    def _series(self, name: str, point: str, frame: Any) -> PowerSeries:
        values: dict[datetime, float] = {}
        lengths: set[int] = set()
        for start, end, price in self._rows(frame, point):
            if values.setdefault(start, price) != price:
                raise _changed(self.name, f"two prices at {start:%Y-%m-%dT%H:%MZ}")
            lengths.add(round((end - start) / timedelta(minutes=1)))
        if len(lengths) > 1 or not all(0 < minutes <= 60 for minutes in lengths):
            raise _changed(self.name, f"intervals of {', '.join(map(str, sorted(lengths)))} minutes")
        return PowerSeries(
            name, point, lengths.pop() if lengths else 60, "USD/MWh", dict(sorted(values.items()))
        )

    def _rows(self, frame: Any, point: str) -> Iterator[tuple[datetime, datetime, float]]:
        for column in (_START, _END, _POINT, _PRICE):
            if column not in frame.columns:
                raise _changed(self.name, f"no column {column!r}")
        cells = (frame[column].tolist() for column in (_START, _END, _POINT, _PRICE))
        for start, end, where, price in zip(*cells, strict=True):
            if str(where) != point or price != price:
                continue
            if start.tzinfo is None or end.tzinfo is None:
                raise _changed(self.name, "moments without a time zone")
            yield start.astimezone(UTC), end.astimezone(UTC), float(price)


def _changed(grid: str, what: str) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        f"gridstatus gives another shape than we know: {what}",
        where=grid,
        hint="try gridstatus 0.36, or a newer hashpivot",
    )
