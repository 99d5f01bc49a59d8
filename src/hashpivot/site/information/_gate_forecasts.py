"""Forecasts of each day as known when offers for it close, before its day-ahead prices are known.

ERCOT's day-ahead market closes at 10:00 of the day before, and its results come at 13:30. What is offered is
therefore decided by the day-ahead prices of the day before the one offered, and by real-time prices up to
the gate. The forecaster is fitted on prices as far behind, so that it knows how much less they tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..economics import HourlyEconomics
from ..forecast import gates, known_ahead
from ..markets import PowerMarket
from ..model import Clock, Whole
from ..prices import PriceHistory
from ._daily_forecasts import DailyForecasts, ForecastVintage
from ._forecaster import Forecaster
from ._known_prices import known_at


class GateForecasts(DailyForecasts):
    """One forecast a local day, each in force over that day and issued at the gate before it.

    Args:
        prices: Prices.
        vintages: By rising first hour, one a day.
        issued: Position of the hour each is issued at, shape (days,): hours before it were known.
    """

    def __init__(self, prices: PriceHistory, vintages: list[ForecastVintage], issued: Whole) -> None:
        super().__init__(prices, vintages)
        self.issued = issued

    def issued_at(self, position: int) -> int:
        """Return when the forecast of an hour was issued."""
        return int(self.issued[self.vintage_of[position]])


def gate_forecasts(
    prices: PriceHistory,
    clock: Clock,
    market: PowerMarket,
    begin: int,
    end: int,
    make: Callable[[], Forecaster],
    latest: int,
    refits: Whole,
) -> GateForecasts:
    """Return forecasts of the local days that hold the hours `begin` to `end`.

    Args:
        prices: Prices.
        clock: Market local time of its hours.
        market: The market, whose gates count.
        begin: Position of the first hour.
        end: Position after the last.
        make: Makes a new forecaster.
        latest: Position after which nothing is issued: days whose gate is later are forecast then.
        refits: A number for each interval: a forecaster is fitted for each of them.
    """
    aged = at_gate_prices(prices, clock)
    days = clock.day
    starts = np.flatnonzero(np.concatenate(([True], days[1:] != days[:-1])))
    ends = np.append(starts[1:], len(days))
    inside = (ends > begin) & (starts < end)
    starts, ends = starts[inside], ends[inside]
    issued = np.minimum(gates(clock, market, starts), latest)
    fitted: dict[int, Forecaster] = {}
    vintages = []
    for start, stop, at in zip(starts.tolist(), ends.tolist(), issued.tolist(), strict=True):
        span = int(refits[min(at, len(refits) - 1)])
        if span not in fitted:
            fitted[span] = make().fit(aged.part(0, at))
        vintages.append(_vintage(fitted[span], aged, start, stop, at))
    return GateForecasts(prices, vintages, issued)


def _vintage(forecaster: Forecaster, aged: PriceHistory, start: int, end: int, at: int) -> ForecastVintage:
    quantiles = forecaster.predict(known_at(aged, at, end), aged.ts_utc[at:end])
    whole = ForecastVintage.of(at, quantiles)
    skip = start - at
    return ForecastVintage(start, end, whole.edges[skip:], whole.middle[skip:])


def hours_at_gate(hours: HourlyEconomics, part: HourlyEconomics, first: int) -> HourlyEconomics:
    """Return hours with what is known of them when offers for their days close.

    That is the hashprice known at the gate, day-ahead columns of the day before, and the temperature two days
    before.

    Args:
        hours: All hours as known, the earlier ones included.
        part: Those of them to be decided.
        first: Position of the first of these.
    """
    every = np.arange(first, first + part.prices.hours)
    days = hours.clock.day
    starts = np.flatnonzero(np.concatenate(([True], days[1:] != days[:-1])))
    gate_of_day = gates(hours.clock, hours.site.market, starts)
    gate = gate_of_day[np.searchsorted(starts, every, side="right") - 1]
    before = at_gate_prices(hours.at_expected_temperature.prices, hours.clock)
    prices = part.prices.with_columns(dict(before.part(first, first + len(every))))
    return replace(part, prices=prices, hashprice_usd_per_ph_day=hours.hashprice_usd_per_ph_day[gate])


def at_gate_prices(prices: PriceHistory, clock: Clock) -> PriceHistory:
    """Return prices whose day-ahead columns are the newest known when offers for each interval's day close.

    They are those of a day before, two where a day has 25 hours.
    """
    a_day = prices.intervals(24)
    positions = np.arange(prices.hours)
    before = positions - a_day
    same_day = clock.day[np.maximum(before, 0)] == clock.day
    before = np.where(same_day, before - a_day, before)
    before = np.where(before >= 0, before, positions)  # the first day is only learned from
    columns = {name: values[before] if known_ahead(name) else values for name, values in prices.items()}
    return prices.with_columns(columns)
