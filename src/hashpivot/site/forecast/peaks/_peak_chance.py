"""How likely each of the hours ahead sets the highest load of its month (ERCOT's coincident peaks)."""

from __future__ import annotations

from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from hashpivot.core import InvalidInput, NoData

from ...model import HOUR, Bools, Floats, Times, Whole
from ..hours import LONGEST_HOURS, MARKET, ForecastFrame, local_hours, origin_of, required
from ._load_features import Loads, month_peaks
from ._logistic import logistic, sigmoid
from ._whole_months import counted_months

SUMMER = (6, 7, 8, 9)
"""Months whose peaks count for ERCOT's transmission charge."""
LEADS = (0, 1, 2, 4, 7, 11, 16, 24, 35, 47)
"""Hours ahead that are learned from."""
_RIDGE = 0.05  # judged: keeps weights finite while peaks are few


class PeakForecaster:
    """A logistic model of the load expected in the hour: against the month so far and against its day.

    The expected load is that of the same hour of the latest known day, moved by how the last hour differed
    from a day before.

    Args:
        months: Months whose peak counts.
        zone: Local time days and months are counted in.
    """

    def __init__(self, months: tuple[int, ...] = SUMMER, zone: ZoneInfo = MARKET) -> None:
        self._months, self._zone = months, zone
        self._weights: Floats | None = None

    def fit(self, history: ForecastFrame) -> Self:
        """Learn from whole months.

        Raises:
            InvalidInput: If there is no column `load_mw`.
            NoData: If no month that counts lies wholly within `history`.
        """
        loads = Loads.of(required(history, "load_mw"), history.ts_utc, self._zone)
        truth = self.peaks(history)
        if not truth.any():
            raise NoData("no whole month of loads to learn peaks from", hint="bring a summer of load_mw")
        month = loads.local.astype("datetime64[M]")
        whole = np.isin(month, month[truth])
        origins = np.flatnonzero(whole)
        origins = origins[origins + LONGEST_HOURS < len(month)]
        starts, leads = np.repeat(origins, len(LEADS)), np.tile(np.array(LEADS), len(origins))
        rows = loads.features(starts, leads)
        usable = np.isfinite(rows).all(axis=1) & whole[starts + leads]
        self._weights = logistic(rows[usable], truth[(starts + leads)[usable]], _RIDGE)
        return self

    def predict(self, known: ForecastFrame, hours: Times) -> Floats:
        """Probability that each of consecutive hours sets its month's peak, as known when the first begins.

        Args:
            known: At least two days of loads up to the first of `hours`.
            hours: Beginnings of consecutive hours, datetime64[h]; at most 48.

        Raises:
            InvalidInput: If the first hour is outside `known`, or there is no column `load_mw`.
        """
        origin = origin_of(known, hours)
        axis = np.arange(known.ts_utc[0], hours[-1] + LONGEST_HOURS * HOUR, HOUR)
        loads = Loads.of(required(known, "load_mw")[:origin], axis, self._zone)
        return self._chance(loads, np.full(len(hours), origin), np.arange(len(hours)))

    def predict_all(self, table: ForecastFrame, origins: Whole, hours: int = 24) -> Floats:
        """What `predict` would say at each of many origins, (origins, hours)."""
        axis = np.arange(table.ts_utc[0], table.ts_utc[-1] + LONGEST_HOURS * HOUR, HOUR)
        loads = Loads.of(required(table, "load_mw"), axis, self._zone)
        leads = np.tile(np.arange(hours), len(origins))
        return self._chance(loads, np.repeat(origins, hours), leads).reshape(len(origins), hours)

    def peaks(self, table: ForecastFrame) -> Bools:
        """The hours that set the peaks, (hours,): of months that count and are wholly in the table."""
        local = local_hours(table.ts_utc, self._zone)
        return month_peaks(required(table, "load_mw"), local, counted_months(local, self._months))

    def _chance(self, loads: Loads, origins: Whole, leads: Whole) -> Floats:
        if self._weights is None:
            raise InvalidInput("the forecaster has learned nothing yet", hint="call fit(history) first")
        if len(leads) and leads.max() >= LONGEST_HOURS:
            raise InvalidInput(f"{leads.max() + 1} hours ahead", hint=f"at most {LONGEST_HOURS}")
        chance = sigmoid(loads.features(origins, leads), self._weights)
        counted = counted_months(loads.local[origins + leads], self._months)
        return np.where(counted, np.nan_to_num(chance), 0.0)
