"""Months that count, and those of them whose peak a table of loads knows."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np

from ...model import Bools, Times
from ..hours import ForecastFrame, required
from ._load_features import Loads, month_peaks


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
