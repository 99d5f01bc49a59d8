"""Alarms: inputs that are stale or missing, and a state that is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ..prices import PriceHistory
from ._inputs import inputs_text, position_of

STALE_PRICE, NO_FORECAST, NO_INPUTS = "stale_price", "forecast_missing", "inputs_unreadable"
STATE_LOST, STATE_CHANGED = "state_lost", "state_changed"
NO_PLAN, SHORT_FORECAST = "cannot_plan", "forecast_short"
_FEWEST_AHEAD_HOURS = 6
"""Judged: with fewer hours of day-ahead prices a plan does not see the end of a stop."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something an operator must know at once.

    Args:
        kind: Such as `stale_price`.
        message: What is wrong, in words.
        stops_planning: Whether the safe default is run instead of a plan.
    """

    kind: str
    message: str
    stops_planning: bool = True

    def to_dict(self) -> dict[str, str]:
        """Return kind and message."""
        return {"kind": self.kind, "message": self.message}


def input_alarms(prices: PriceHistory, moment: datetime, stale_after: int) -> list[Alarm]:
    """Return what is wrong with the prices for an interval.

    Args:
        prices: Prices as read.
        moment: Beginning of the interval, UTC.
        stale_after: Intervals the last real-time price may lie back beyond the one before.
    """
    now, reach = position_of(prices, moment), inputs_text(prices, moment)
    known = np.flatnonzero(~np.isnan(prices.rt[: max(now, 0)]))
    if not len(known):
        return [Alarm(STALE_PRICE, f"there is no real-time price before this interval: {reach}")]
    age = now - 1 - int(known[-1])
    if age > stale_after:
        return [Alarm(STALE_PRICE, f"the last real-time price is {age} intervals old: {reach}")]
    ahead = prices.hours - now
    if ahead <= 0:
        return [Alarm(NO_FORECAST, f"there is no day-ahead price of this interval: {reach}")]
    if ahead < prices.intervals(_FEWEST_AHEAD_HOURS):
        hours = ahead * prices.interval_hours
        message = f"day-ahead prices end in {hours:g} hours: {reach}"
        return [Alarm(SHORT_FORECAST, message, stops_planning=False)]
    return []
