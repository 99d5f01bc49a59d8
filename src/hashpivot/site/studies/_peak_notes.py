"""What a backtest says of coincident peaks: those not charged, and those that could be another hour's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..economics import HourlyEconomics, counted_hours
from ..model import MONTH, Bools
from ..policies import DispatchWindow

_CLOSE = 0.001
"""Judged: a quarter hour lies about as far above or below the mean of its hour near the month's peak."""


def peak_notes(window: DispatchWindow) -> Iterator[str]:
    """Yield notes in words on the months decided whose peak a tariff counts."""
    hours = window.knowledge.actual
    if not hours.prices.known("load_mw"):
        return
    counted = counted_hours(hours.site, hours.clock)
    close = []
    for month in np.unique(hours.clock.month[window.first : window.end][counted[window.first : window.end]]):
        inside = counted & (hours.clock.month == month)
        yield from _not_charged(hours, window, month, inside)
        if _is_close(hours, inside):
            close.append(str(month))
    if close:
        yield (
            f"the two highest hourly loads of {', '.join(close)} are less than {_CLOSE:.1%} apart: where a "
            "market charges for a shorter interval (ERCOT for a quarter hour), it may lie in the other hour"
        )


def _not_charged(
    hours: HourlyEconomics, window: DispatchWindow, month: np.datetime64, inside: Bools
) -> Iterator[str]:
    peak, clock = np.flatnonzero(inside & (hours.peak > 0)), hours.clock
    if not len(peak):
        if clock.local[0] > month.astype("datetime64[m]") and month == clock.month[0]:
            yield f"the prices begin in {month}: its peak is not known and not charged"
    elif not window.first <= peak[0] < window.end:
        yield f"the peak of {month}, {clock.local[peak[0]]}, lies outside these days: it is not charged"
    elif clock.end < (month + MONTH).astype("datetime64[m]"):
        yield f"the prices end before {month} does: its highest so far is charged, {clock.local[peak[0]]}"


def _is_close(hours: HourlyEconomics, inside: Bools) -> bool:
    if hours.prices.minutes < 60:
        return False
    loads = np.sort(hours.prices["load_mw"][inside])
    return len(loads) > 1 and bool(loads[-1] - loads[-2] < _CLOSE * loads[-1])
