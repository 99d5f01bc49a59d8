"""Columns whose numbers look like those of another unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..model import TEMPERATURE_COLUMN, Clock, Floats
from ._price_history import REQUIRED

# Bounds of prices are judged on ERCOT's west load zone, the one market looked at; others may go beyond them.
_FEWEST = 24  # judged: a day; fewer prices may all be small
_PER_KWH = 1.0  # USD/MWh; judged: the median of every month is far above it, in USD/kWh far below
_CENTS_MEDIAN, _CENTS_HIGH, _CENTS_PEAK = 8.0, 20.0, 50.0
"""USD/MWh, median, 95th and 99th percentile; judged on 2017 to 2020: no month's prices lie below all, and
all years' do in cents per kWh. Not the largest price: a year's is above them in cents, too."""
_MOST_MEDIAN = 1_500.0
"""USD/MWh; judged: every year's median in cents per MWh is above it. Far above ERCOT's in USD/MWh, for
Europe's months of 2022, which were not looked at."""
_HOTTEST_C = 57.0  # the highest air temperature on record is 56.7
_LEAST_LOAD_MW = 200.0  # judged: ERCOT's is far above it, and below it in GW


def doubts(columns: Mapping[str, Floats]) -> Iterator[str]:
    """Yield in words which columns look like numbers of another unit."""
    for name in REQUIRED:
        if name in columns:
            yield from _price_doubts(name, columns[name])
    temperature = _given(columns, TEMPERATURE_COLUMN)
    if len(temperature) and temperature.max() > _HOTTEST_C:
        yield (
            f"temp_c reaches {temperature.max():g}: no air is that hot in Celsius; "
            "if it is Fahrenheit, convert it: (F - 32) / 1.8"
        )
    load = _given(columns, "load_mw")
    if len(load) >= _FEWEST and 0 < np.median(load) < _LEAST_LOAD_MW:
        yield f"load_mw has a median of {np.median(load):g}: if it is in GW, multiply it by 1,000"


def end_doubts(clock: Clock) -> Iterator[str]:
    """Yield in words that moments which should begin intervals look like their ends.

    Whole days of market local time begin at midnight; named by their ends, they go from the end of the first
    interval to midnight.
    """
    first, last = int(clock.minute_of_day[0]), int(clock.minute_of_day[-1])
    if first == clock.minutes and last == 0 and len(clock.ts_utc) * clock.minutes >= 24 * 60:
        begin = f"0{first // 60}:{first % 60:02}"
        yield (
            f"times run from {begin} to 00:00 market local time: if they are the ends of intervals, "
            "add --hour-ending"
        )


def _price_doubts(name: str, values: Floats) -> Iterator[str]:
    prices = np.abs(values[np.isfinite(values)])
    if len(prices) < _FEWEST or not prices.any():
        return
    median, high, peak = np.quantile(prices, (0.5, 0.95, 0.99)).tolist()
    if median < _PER_KWH and high < _CENTS_HIGH:
        yield f"{name} has a median of {median:.3g}: if it is in USD/kWh, multiply it by 1,000"
    elif median < _CENTS_MEDIAN and high < _CENTS_HIGH and peak < _CENTS_PEAK:
        yield f"{name} has a median of {median:.3g}: if it is in cents per kWh, multiply it by 10"
    elif median > _MOST_MEDIAN:
        yield f"{name} has a median of {median:,.0f}: if it is in cents per MWh, divide it by 100"


def _given(columns: Mapping[str, Floats], name: str) -> Floats:
    values = columns.get(name, np.empty(0))
    return values[np.isfinite(values)]
