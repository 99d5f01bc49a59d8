"""What the chance of a peak is learned from: hours of whole months, and which of them set the peak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from ...model import Bools, Floats, Times
from ..hours import ForecastFrame, required
from ._load_features import Loads, month_peaks


@dataclass(frozen=True, eq=False)
class PeakExamples:
    """Hours as known when each begins. T hours.

    Args:
        month: Month of local time, datetime64[M], shape (T,).
        rows: Features of the hour itself, shape (T, F).
        usable: Hours of months that count and whose features are all known, shape (T,).
        peak: Hours that set the peak of a whole month, shape (T,).
    """

    month: Times
    rows: Floats
    usable: Bools
    peak: Bools

    @classmethod
    def of(cls, table: ForecastFrame, months: tuple[int, ...], zone: ZoneInfo) -> Self:
        """Return the hours of a table.

        Raises:
            InvalidInput: If there is no column `load_mw`.
        """
        load = required(table, "load_mw")
        loads = Loads.of(load, table.ts_utc, zone)
        places, counted = np.arange(len(load)), counted_months(loads.local, months)
        rows = loads.features(places, np.zeros(len(load), dtype=np.int64))
        usable = np.isfinite(rows).all(axis=1) & counted
        return cls(loads.local.astype("datetime64[M]"), rows, usable, month_peaks(load, loads.local, counted))

    def before(self, month: np.datetime64) -> PeakExamples:
        """Return the usable hours of whole months before a month."""
        learn = self.usable & np.isin(self.month, self.month[self.peak]) & (self.month < month)
        return PeakExamples(self.month[learn], self.rows[learn], self.usable[learn], self.peak[learn])


def whole_months(table: ForecastFrame, months: tuple[int, ...], zone: ZoneInfo) -> Times:
    """Return the months of local time among `months` whose peak the table knows, rising, datetime64[M].

    Raises:
        InvalidInput: If there is no column `load_mw`.
    """
    load = required(table, "load_mw")
    local = Loads.of(load, table.ts_utc, zone).local
    return np.unique(local.astype("datetime64[M]")[month_peaks(load, local, counted_months(local, months))])


def counted_months(local: Times, months: tuple[int, ...]) -> Bools:
    """Return which hours of local time lie in these months of a year."""
    return np.isin(local.astype("datetime64[M]").astype(np.int64) % 12 + 1, months)
