"""Columns whose numbers look like those of another unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..model import Clock, Floats
from ._price_history import REQUIRED

_FEWEST = 24  # judged: a day; fewer prices may all be small
_PER_KWH = 1.0  # USD/MWh; judged: no market's median day was below it, USD/kWh are all far below
_CENTS_MEDIAN, _CENTS_HIGH = 8.0, 20.0
"""USD/MWh, median and 95th percentile; judged on ERCOT 2017 to 2020: no month's prices lie below both,
and all years' do in cents per kWh."""
_MOST_MEDIAN = 500.0  # USD/MWh; judged: no market's median month was near it, cents per MWh are above it
_HOTTEST_C = 57.0  # the highest air temperature on record is 56.7
_LEAST_LOAD_MW = 200.0  # judged: less than any market's load; loads in GW are below it


def doubts(columns: Mapping[str, Floats]) -> Iterator[str]:
    """Yield in words which columns look like numbers of another unit."""
    for name in REQUIRED:
        if name in columns:
            yield from _price_doubts(name, columns[name])
    temperature = _given(columns, "temp_c")
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
    median, high = float(np.median(prices)), float(np.quantile(prices, 0.95))
    if median < _PER_KWH and high < _CENTS_HIGH:
        yield f"{name} has a median of {median:.3g}: if it is in USD/kWh, multiply it by 1,000"
    elif median < _CENTS_MEDIAN and high < _CENTS_HIGH:
        yield f"{name} has a median of {median:.3g}: if it is in cents per kWh, multiply it by 10"
    elif median > _MOST_MEDIAN:
        yield f"{name} has a median of {median:,.0f}: no market's is so high; give it in USD/MWh"


def _given(columns: Mapping[str, Floats], name: str) -> Floats:
    values = columns.get(name, np.empty(0))
    return values[np.isfinite(values)]
