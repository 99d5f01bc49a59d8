"""Hours as a forecaster sees them: columns by name on one hourly axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hashpivot.core import InvalidInput

from ...model import Floats, Times

RT, DA = "rt_usd_per_mwh", "da_usd_per_mwh"
ACTUALS = ("load_mw", "wind_mw", "solar_mw")
"""Known only after the hour."""
AHEAD = ("load_fc_mw", "wind_fc_mw", "solar_fc_mw", "as_rrs", "as_nspin")
"""Features known with the day-ahead price."""


def known_ahead(name: str) -> bool:
    """True of columns that the day-ahead market fixes or a forecast made before it gives."""
    return name == DA or name.startswith("as_") or name.endswith("_fc_mw")


class ForecastFrame(Protocol):
    """A mapping of column names to values, aligned with `ts_utc`; a value not known is not a number."""

    @property
    def ts_utc(self) -> Times:
        """Beginnings of consecutive hours, datetime64[h], (hours,)."""

    def __getitem__(self, name: str, /) -> Floats:
        """A column, (hours,)."""

    def __contains__(self, name: object, /) -> bool:
        """Whether there is such a column."""

    def __iter__(self) -> Iterator[str]:
        """Names of the columns."""


@dataclass(frozen=True, eq=False)
class PlainFrame(Mapping[str, Floats]):
    """The simplest table.

    Args:
        ts_utc: Beginnings of consecutive hours, (hours,).
        columns: float64 arrays, (hours,).

    Raises:
        InvalidInput: If an hour is missing or stands twice, or a column has another length.
    """

    ts_utc: Times
    columns: Mapping[str, Floats]

    def __post_init__(self) -> None:
        steps = np.diff(self.ts_utc.astype("datetime64[h]").astype(np.int64))
        if (steps != 1).any():
            raise InvalidInput(
                f"hours do not follow one another after {self.ts_utc[int((steps != 1).argmax())]}",
                where="ts_utc",
                hint="one row an hour, in UTC, in order",
            )
        for name, column in self.columns.items():
            if column.shape != self.ts_utc.shape:
                raise InvalidInput(f"{len(column)} values for {len(self.ts_utc)} hours", where=name)

    def __getitem__(self, name: str) -> Floats:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def part(self, first: int, end: int) -> PlainFrame:
        """Hours `first` to `end`, the latter not included."""
        return PlainFrame(self.ts_utc[first:end], {name: c[first:end] for name, c in self.columns.items()})


def column(table: ForecastFrame, name: str) -> Floats:
    """A column, or gaps where the table has none of that name."""
    if name in table:
        return np.asarray(table[name], dtype=np.float64)
    return np.full(len(table.ts_utc), np.nan)


def required(table: ForecastFrame, name: str) -> Floats:
    """A column that must be there.

    Raises:
        InvalidInput: If it is not.
    """
    if name not in table:
        raise InvalidInput(f"column {name} is missing", hint="this forecast needs it for every hour")
    return column(table, name)


def origin_of(table: ForecastFrame, hours: Times) -> int:
    """Where the first of the hours to forecast stands in a table; the place after the last is allowed.

    Raises:
        InvalidInput: If the hours are none or not consecutive, or the first is outside the table.
    """
    wanted, axis = hours.astype("datetime64[h]"), table.ts_utc.astype("datetime64[h]")
    if not len(wanted) or (np.diff(wanted).astype(np.int64) != 1).any():
        raise InvalidInput("the hours to forecast do not follow one another", hint="one row an hour, in UTC")
    place = int((wanted[0] - axis[0]).astype(np.int64))
    if not 0 <= place <= len(axis):
        raise InvalidInput(f"{wanted[0]} is outside the hours {axis[0]} to {axis[-1]}")
    return place
